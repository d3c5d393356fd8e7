"""Everything that git knows of a project: who wrote, what was, what a merge made."""
