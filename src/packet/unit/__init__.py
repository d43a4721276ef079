"""What is written: a unit on disk, read into values that know where they stand."""
