"""Everything that an output may ask of the archive, each question with a name.

A query is a pure function of the index and of plain arguments, so that its answer can be compared
with the one it gave before. A new question is a new `Query` in the module of its subject.
"""
