"""The direction of writing of a language."""

from __future__ import annotations

from typing import Literal

# Languages written from right to left by default, and the scripts that are
# (Unicode CLDR 45, likelySubtags and characterOrder).
_RTL_LANGUAGES = frozenset("ar arc ckb dv fa he ks lrc mzn nqo ps sd sdh syr ug ur yi".split())
_SCRIPT_LETTERS = 4
_RTL_SCRIPTS = frozenset("adlm arab aran hebr mand nkoo rohg samr syrc thaa".split())


def direction(lang: str) -> Literal["ltr", "rtl"]:
    """Return the direction of a BCP 47 language tag; a script subtag takes precedence."""
    language, *subtags = lang.casefold().split("-")
    scripts = [subtag for subtag in subtags if len(subtag) == _SCRIPT_LETTERS and subtag.isalpha()]
    if scripts:
        return "rtl" if scripts[0] in _RTL_SCRIPTS else "ltr"
    return "rtl" if language in _RTL_LANGUAGES else "ltr"
