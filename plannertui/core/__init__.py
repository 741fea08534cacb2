"""What things are: pure rules, no files, no SQL, no screen, no clock."""
