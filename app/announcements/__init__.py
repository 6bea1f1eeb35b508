"""Telling a chosen group of an event something, and seeing to it that everybody knows what is urgent."""
