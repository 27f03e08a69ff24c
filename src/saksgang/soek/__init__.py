"""The search index: plain rows that commands call down to. It knows no domain object."""
