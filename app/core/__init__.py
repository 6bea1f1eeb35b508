"""What every part stands on. Knows Flask and SQLAlchemy, and nothing of youth exchange."""
