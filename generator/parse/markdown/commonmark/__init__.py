"""The dialect `commonmark`: CommonMark and GitHub Flavored Markdown, by markdown-it-py."""
