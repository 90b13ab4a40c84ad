"""One module a command. Commands alone print, and turn faults into exit codes."""
