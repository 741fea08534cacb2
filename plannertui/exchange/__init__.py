"""What comes in and what goes out: other programs' files."""
