"""The desks of the topic lists: the akimat's editor, the review, the board."""
