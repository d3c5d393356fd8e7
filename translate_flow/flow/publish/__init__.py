"""What leaves a project: editions, pages of sites, posts, records of releases."""
