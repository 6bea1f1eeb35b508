"""Units that host, send pupils or lend a place, and who works for them."""
