"""Editions as the pages of a site: into generators' trees, with an index and feeds."""
