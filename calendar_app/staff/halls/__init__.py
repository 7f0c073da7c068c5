"""The pages on which an akimat keeps its halls."""
