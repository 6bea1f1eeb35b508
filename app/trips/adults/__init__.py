"""The grown-ups of a trip, their record checks, and whether there are enough of them."""
