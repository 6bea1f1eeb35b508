"""Who read or took whose data: looked at, and summed up for a year."""
