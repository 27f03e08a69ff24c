"""The acts of production."""

from .ferdigstilling import ferdigstill, gjenaapne

__all__ = ["ferdigstill", "gjenaapne"]
