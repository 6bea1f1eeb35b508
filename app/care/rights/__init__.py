"""What the law gives everybody over the own data: take it along, have it erased."""
