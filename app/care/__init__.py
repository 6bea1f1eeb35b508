"""What is owed to those whose data this is: seeing, correcting, taking away, erasing, and an end of keeping."""
