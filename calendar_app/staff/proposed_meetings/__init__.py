"""The pages of an akimat's proposed meetings, and how a list shows them."""
