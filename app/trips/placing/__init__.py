"""Who belongs to which group, rides in which bus and sleeps in which room."""
