"""clean: one step a file, in one order, each with its log."""
