"""The acts of the journal. Each is one file; import from the file."""
