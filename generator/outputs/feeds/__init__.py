"""outputs/feeds."""
