"""The procedure as code: pure functions of values, without a framework, a database or a clock.

Values go in; problems, dates or explanations come out. A rule never raises for bad data: it
returns `Problem`s, and whoever performs the act decides. Only parsers of text raise, and only
`ValueError` or a subclass of it. A moment without a time zone is a programming error, not data,
and raises too.
"""
