"""The desk of the authorised body where more time is given."""
