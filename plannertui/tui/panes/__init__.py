"""The three panes of the main screen, and the journal."""
