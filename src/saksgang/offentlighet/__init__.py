"""Grading as proposal and decision, and what the public sees."""
