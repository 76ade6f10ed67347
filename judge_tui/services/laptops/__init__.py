"""Whether a laptop is fit, and the folder that starts the program on one with nothing installed."""
