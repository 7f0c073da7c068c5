"""The desk of scratch variants of a plan: tried out beside it, taken over or dropped."""
