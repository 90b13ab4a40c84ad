"""The portal on its author's own machine: built, served, watched, and reloaded when it changes."""
