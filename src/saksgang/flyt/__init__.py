"""Flags between people, notifications made from the log, and what runs by itself."""
