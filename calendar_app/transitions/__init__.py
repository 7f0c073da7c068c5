"""Acts of the procedure: one function per act, keyword-only, with `by=` and `now=`.

Always in this order: permission, lock, transition table and rules, save, journal, letters.
"""
