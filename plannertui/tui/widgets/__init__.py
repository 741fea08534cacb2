"""Things drawn on the screen that know no store."""
