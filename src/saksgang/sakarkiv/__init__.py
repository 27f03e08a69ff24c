"""Case and journalpost, documents, parties, avskrivning: the journal itself."""
