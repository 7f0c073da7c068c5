"""Pages of sign-in, second factor and one's own account."""
