"""The theme: templates, assets, words and other inputs of pages."""
