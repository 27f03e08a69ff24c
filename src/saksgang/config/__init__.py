"""The assembly of the product: settings, URL table, WSGI entry. Above every room."""
