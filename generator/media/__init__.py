"""Files that are no text: which types may be published, and what is taken out of them first."""
