"""The views of the calendar as lines of text, for the screen and for the shell."""
