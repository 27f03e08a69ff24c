"""Lists and look-ups of the journal, each found through the reader."""
