"""How things look: the only code that knows Textual."""
