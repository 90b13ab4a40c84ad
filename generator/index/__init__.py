"""Parsed sources in, answers out, over SQLite: the archive is never all in memory."""
