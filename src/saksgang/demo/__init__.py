"""The demo municipality, built only through the product's own commands."""
