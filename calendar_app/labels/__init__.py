"""Words for the codes of the procedure, one file per noun, for pages, letters and the admin."""
