"""Acts on letters."""
