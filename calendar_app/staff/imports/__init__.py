"""Bringing topics into a list: from the last list, from files, from a translator."""
