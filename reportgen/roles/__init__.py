"""roles: what each column means, with reason and confidence."""
