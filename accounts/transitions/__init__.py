"""Acts on accounts, one function each, every one in the journal."""
