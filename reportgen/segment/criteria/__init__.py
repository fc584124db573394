"""criteria: one way to vote on k a file."""
