"""First drafts: a new article from an archetype, and a new portal."""
