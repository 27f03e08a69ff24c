"""The text templates: kept by the archive and the administrator."""
