"""Reads across models, one file per noun."""
