"""What comes up over the main screen and goes away again."""
