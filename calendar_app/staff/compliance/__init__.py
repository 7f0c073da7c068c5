"""The desk of deadlines: who was in time, and why a day is the last one."""
