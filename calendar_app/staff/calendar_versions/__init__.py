"""Versions of a calendar: their history, the difference of any two, the page for the commission."""
