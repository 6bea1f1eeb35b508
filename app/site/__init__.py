"""What the operator says publicly: its texts, its names and numbers, the files that prove whose site this is."""
