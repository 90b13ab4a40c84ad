"""One module a command. Commands alone print, and turn errors into exit codes."""
