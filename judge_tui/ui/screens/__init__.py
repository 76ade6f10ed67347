"""Floor 6: one screen a file; a screen asks services handed to it and never imports another screen."""
