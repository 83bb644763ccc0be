"""The browser door: pages, forms, templates."""
