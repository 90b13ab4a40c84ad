"""Translates libyaml's messages on broken YAML to an author's words, with a position."""

from __future__ import annotations

import yaml
from yaml.reader import ReaderError

from generator.parse.yaml_repairs import diagnosis, place_of
from generator.validation.located import SyntaxProblem, line_and_column

_QUOTE = "text with ': ' or ' #' in it, or with a sign such as @ or % in front, must be in quotes"

# What libyaml says, what an author should read, and what helps.
_MEANINGS = {
    "mapping values are not allowed in this context": ("a ':' where no key can be", _QUOTE),
    "found character that cannot start any token": ("a tab or sign that can't begin text", _QUOTE),
    "did not find expected <document start>": ("text where a key was expected", ""),
    "did not find expected key": ("no key where one was expected", _QUOTE),
    "could not find expected ':'": ("no ':' after a key", ""),
    "did not find expected ',' or ']'": ("no ',' or ']' in a list", _QUOTE),
    "did not find expected ',' or '}'": ("no ',' or '}' in a mapping", _QUOTE),
    "did not find expected node content": ("no value where one was expected", ""),
    "did not find expected '-' indicator": ("no '-' where a list goes on", ""),
    "found unexpected end of stream": ("a quote that is never closed", ""),
    "did not find expected alphabetic or numeric character": (
        "an anchor or alias without a name",
        "text that begins with '&' or '*' must be in quotes",
    ),
    "but found another document": ("a second document", "front matter is one document"),
}


def syntax_problem_of(text: str, error: yaml.YAMLError) -> SyntaxProblem:
    """Return what is wrong and where, for anything that the parser raises."""
    if isinstance(error, ReaderError):
        code = error.character if isinstance(error.character, int) else ord(error.character[:1])
        offset = len(text.encode()[: error.position].decode(errors="ignore"))
        offset = max(text.find(chr(code)), 0) if text[offset : offset + 1] != chr(code) else offset
        place = line_and_column(text, offset)
        return SyntaxProblem(*place, f"broken YAML: the character U+{code:04X} is not text")
    if not isinstance(error, yaml.MarkedYAMLError):
        return SyntaxProblem(1, 1, "broken YAML")
    place = place_of(text, error)
    if found := diagnosis(text, place):
        return found
    problem = error.problem or ""
    words, hint = _MEANINGS.get(problem, (problem, ""))
    return SyntaxProblem(*place, f"broken YAML: {words}", hint)
