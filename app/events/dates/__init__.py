"""Many dates at once: slots set up together, and class series."""
