"""An event's questions and their answers."""
