"""A text of an article as safe HTML, whole sentences as well as single marks."""
