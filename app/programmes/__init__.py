"""What is offered in the exchange."""
