"""Formulas as MathML."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.render.mathml import MAX_CHARACTERS, FormulaError, mathml


def test_a_formula_is_a_math_element() -> None:
    assert mathml(r"\frac{a}{2}", block=False) == (
        '<math display="inline"><mrow><mfrac><mrow><mi>a</mi></mrow><mrow><mn>2</mn></mrow></mfrac>'
        "</mrow></math>"
    )
    assert mathml("a", block=True).startswith('<math display="block">')


@pytest.mark.parametrize(
    "formula",
    [
        r"\text{<script>alert(1)</script>}",
        r"\text{&lt;script&gt;}",
        r"\href{javascript:alert(1)}{x}",
        r"\style{background:url(x)}{b}",
        r"\class{bs-bar}{y}",
        r'\color{"><script>}{x}',
        "a < b & c",
    ],
)
def test_nothing_but_mathematics_comes_out(formula: str) -> None:
    _check(mathml(formula, block=False))


WORDS = r"\text \href \style \class \color \frac \sqrt \left( \right) ^ _ { } a 1 < > & '".split()
MARKUP = ['"', "<script>", "javascript:x", r"\begin{matrix}", r"\end{matrix}", " ", "&lt;", "&#60;"]


@given(st.lists(st.sampled_from([*WORDS, *MARKUP]), max_size=12).map("".join))
def test_any_formula_is_safe_or_refused(formula: str) -> None:
    try:
        made = mathml(formula, block=True)
    except FormulaError:
        return
    _check(made)


def _check(made: str) -> None:
    for tag in re.findall(r"<[^>]*>", made):
        assert re.fullmatch(r'</?m?[a-z]+(?: [a-z]+="[^"<>]*")*>', tag), tag
    tags = set(re.findall(r"</?([a-z]+)", made))
    assert all(tag[0] == "m" or tag == "none" for tag in tags), tags
    assert not set(re.findall(r" ([a-z]+)=", "".join(re.findall(r"<[^>]*>", made)))) & {
        "href",
        "style",
        "class",
        "id",
    }


@pytest.mark.parametrize(
    ("formula", "reason"),
    [
        (r"\frac{", "no available tokens"),
        ("a^b^c", "double superscripts"),
        ("{" * 1_500, "nested too deep"),
        ("a" * (MAX_CHARACTERS + 1), "longer than"),
    ],
)
def test_a_formula_that_cannot_be_read_is_refused_with_the_reason(
    formula: str, reason: str
) -> None:
    with pytest.raises(FormulaError, match=reason):
        mathml(formula, block=False)
