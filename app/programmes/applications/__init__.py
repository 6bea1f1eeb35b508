"""Who asks to take part in a programme, or is recommended; who is chosen, answers, and takes part."""
