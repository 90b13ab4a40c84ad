"""Formulas in TeX as MathML, which browsers show and read aloud by themselves."""

from __future__ import annotations

from html import escape, unescape
from typing import TYPE_CHECKING
from xml.etree.ElementTree import Element

from markupsafe import Markup

if TYPE_CHECKING:
    from collections.abc import Iterator

MAX_CHARACTERS = 2_000

# What latex2mathml may make of a formula: MathML Core without links, actions, classes and styles.
_TAGS = frozenset(
    "math menclose mfrac mi mlabeledtr mmultiscripts mn mo mover mpadded mphantom mprescripts "
    "mroot mrow ms mspace msqrt mstyle msub msubsup msup mtable mtd mtext mtr munder munderover "
    "none".split()
)
_ATTRIBUTES = frozenset(
    "accent accentunder columnalign columnlines columnspacing depth display displaystyle fence "
    "form height largeop linethickness lspace mathcolor mathvariant maxsize minsize movablelimits "
    "notation rowlines rowspacing rspace scriptlevel separator stretchy symmetric voffset "
    "width".split()
)


class FormulaError(ValueError):
    """A formula can't be read; the message says why."""


def mathml(formula: str, *, block: bool) -> Markup:
    """Return a formula as a `math` element. Raises `FormulaError`."""
    from latex2mathml.converter import convert_to_element

    if len(formula) > MAX_CHARACTERS:
        raise FormulaError(f"it is longer than {MAX_CHARACTERS:,} characters")
    try:
        root = convert_to_element(formula, display="block" if block else "inline")
        return Markup("".join(_written(root)))
    except RecursionError as error:
        raise FormulaError("something in it is nested too deep") from error
    except Exception as error:
        # The library has some twenty exceptions without a base or a message.
        raise FormulaError(_reason(error)) from error


def _reason(error: Exception) -> str:
    """Return the words of an exception's name: `MissingEndError` is 'missing end'."""
    name = type(error).__name__.removesuffix("Error")
    return "".join(f" {sign.lower()}" if sign.isupper() else sign for sign in name).strip()


def _written(element: Element) -> Iterator[str]:
    # The library leaves texts for a browser to unescape, and does not escape those of `\text`.
    if element.tag in _TAGS:
        yield f"<{element.tag}{''.join(_attributes(element))}>"
    yield escape(unescape(element.text or ""), quote=False)
    for child in element:
        yield from _written(child)
        yield escape(unescape(child.tail or ""), quote=False)
    if element.tag in _TAGS:
        yield f"</{element.tag}>"


def _attributes(element: Element) -> Iterator[str]:
    for name, value in element.attrib.items():
        if name in _ATTRIBUTES:
            yield f' {name}="{escape(unescape(value))}"'
