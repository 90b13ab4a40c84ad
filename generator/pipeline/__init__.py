"""From a portal's files to its site: the stages in their order, and all that is written."""
