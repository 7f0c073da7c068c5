"""Letters of the procedure, one file per noun: who is written to, and the facts the text is made of."""
