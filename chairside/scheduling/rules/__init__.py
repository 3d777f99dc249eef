"""What is decided about hours, free times and steps. No database, no clock."""
