"""The screens around the main one, each opened by a key of its own."""
