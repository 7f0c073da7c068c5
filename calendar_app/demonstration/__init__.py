"""The demonstration: a function of its load instant, defined for any day of the year.

Everything goes through the acts, as people would do it, at instants before the load; invented officials
are visibly so ("Demo head 07"). Nothing here runs outside demonstration mode.
"""
