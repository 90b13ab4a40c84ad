"""What authors write as CommonMark, and the dialect `python-markdown` reads as something else."""
