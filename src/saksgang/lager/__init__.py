"""The file store: every content once, under its checksum, kept exactly as it came."""
