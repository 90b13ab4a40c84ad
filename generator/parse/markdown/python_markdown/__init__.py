"""The dialect `python-markdown`, with its costs counted and its slow parts replaced."""
