"""The pages on which the organisation, its grants and the archive structure are kept."""
