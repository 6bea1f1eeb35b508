"""Pages that show what several parts know. No models."""
