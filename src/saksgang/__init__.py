"""Saksgang: records, case handling and public journal for Norwegian municipalities."""

__version__ = "0.1.0"
