"""Loading reference data: read files, compare with the database, write what differs."""
