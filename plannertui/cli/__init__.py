"""How the shell asks: read the command line, call, print."""
