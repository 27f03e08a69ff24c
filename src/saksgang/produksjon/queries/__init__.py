"""Lists and look-ups of production."""
