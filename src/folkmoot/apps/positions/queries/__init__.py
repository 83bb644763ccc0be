"""What a person may see of positions: one module a page, each starting from `visible_to`."""
