"""The desk of ministries that say when their heads are busy."""
