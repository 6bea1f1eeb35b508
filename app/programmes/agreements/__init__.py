"""Co-operation agreements: what was promised, and what was held of it."""
