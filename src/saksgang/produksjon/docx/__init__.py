"""The mechanics of DOCX. Everything but `prosess` runs in a child process that knows neither database nor settings."""
