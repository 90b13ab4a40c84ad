"""JSON Schemas of front matter and site.toml, for editors (https://json-schema.org).

They accept all that a build accepts, and refuse what can be told apart without other files.
"""
