"""Shifts of volunteers: who may take one, skills, insurance, changing hands."""
