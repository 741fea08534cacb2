"""How the shell asks: parse, call, print."""
