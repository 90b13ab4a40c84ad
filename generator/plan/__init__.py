"""Plans which files the site should have, and which are stale."""
