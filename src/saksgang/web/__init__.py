"""The staff's surface: HTTP in, one command or query, HTTP out."""
