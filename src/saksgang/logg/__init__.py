"""What happened: append-only events, sealed into a hash chain."""
