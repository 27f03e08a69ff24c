"""The lowest room: errors, clock, working days, sort keys. No domain."""
