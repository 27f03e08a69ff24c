"""Redaction: words and their places in a PDF, and a new PDF built without them.

Knows neither Django nor the database: the building runs in a child process (`barn`), since it reads other people's
files.
"""
