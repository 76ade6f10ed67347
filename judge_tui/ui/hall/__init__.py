"""What the hall's screen looks like: big type, fitted to the terminal, and the layout of each kind of picture."""
