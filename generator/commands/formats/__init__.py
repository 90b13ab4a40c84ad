"""Forms in which commands write what they found: for people, and for programs."""
