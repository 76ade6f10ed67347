"""Floors 4 to 7: all of Textual. Widgets get data and send messages; screens ask services; the app is a switchboard."""
