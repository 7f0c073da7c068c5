"""The desk of tables of the plan that go out and come back as sets of changes."""
