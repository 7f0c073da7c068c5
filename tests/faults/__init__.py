"""Processes killed on purpose: what is lost and what is doubled (`make faults`)."""
