"""The pages of lists that came by letter: the authorised body enters them, the akimat may object."""
