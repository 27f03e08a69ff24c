"""WebDAV: Word and LibreOffice open one document, and save it back."""
