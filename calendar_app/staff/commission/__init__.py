"""The desk of the commission and its secretary."""
