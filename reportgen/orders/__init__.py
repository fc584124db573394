"""From order lines to customers: which column plays which part, which lines count, one row a customer."""
