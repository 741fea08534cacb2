"""How things are kept: the only code that knows SQL and the store's files."""
