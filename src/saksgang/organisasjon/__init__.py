"""Units, users, absence. Models and queries; the commands live in tilgang, which may log."""
