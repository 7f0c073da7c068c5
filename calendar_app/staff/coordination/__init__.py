"""The desk of ministries that are asked about meetings."""
