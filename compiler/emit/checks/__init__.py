"""What `--check` verifies, as entries of the script's TABLES."""
