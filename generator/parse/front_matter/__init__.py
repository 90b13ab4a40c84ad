"""parse/front_matter."""
