"""Errors of templates are in the words of templates: what is wrong, where, and what was meant."""

from __future__ import annotations

import inspect
from collections.abc import Iterator
from pathlib import Path

import pytest

from generator.index.connection import open_index
from generator.index.recorder import Recorder
from generator.render.calls import Callee
from generator.render.environment import ThemeEnvironment
from generator.render.renderer import Renderer
from generator.theme.theme import Theme, default_theme
from tests.support.comments import make_site
from tests.support.portal import Portal, story
from tests.support.template_errors import errors_of

# On a story's page `article` is the story; `t` takes whatever the words have.
NOT_CALLED = ("page", "t", "article")
CASES: dict[str, tuple[str, str]] = {
    "an unknown argument": (
        "{{ latest(3, sektion='x') }}",
        "1:14: error: latest() has no argument 'sektion' (did you mean 'section'?",
    ),
    "an unknown argument like no other": (
        "{{ term_href('tags', 'x', zzz=1) }}",
        "1:27: error: term_href() has no argument 'zzz' (it takes taxonomy, slug;",
    ),
    "a missing argument": (
        "\n{{ latest() }}",
        "2:4: error: latest() lacks the argument 'limit' (",
    ),
    "too many arguments": (
        "{{ latest(1, 2) }}",
        "1:4: error: latest() takes only one argument without a name "
        "(name the others, as in section=…;",
    ),
    "an argument twice": (
        "{{ pinned(1, limit=2) }}",
        "1:14: error: pinned() is given the argument 'limit' twice (",
    ),
    "an argument of a wrong type": (
        "{{ latest('5') }}",
        "1: error: latest() needs a whole number as 'limit', not '5' (",
    ),
    "a named argument of a wrong type": (
        "{{ latest(5,\n  section=site) }}",
        "2:3: error: latest() needs a text as 'section', not the portal (",
    ),
    "a story in a list where one of its own is needed": (
        "{{ related(latest(1)[0]) }}",
        "1: error: related() needs a story as 'article', not a story in a list (",
    ),
    "an argument that is nothing": (
        "{{ latest(5, section=article.sektion) }}",
        "1:30: error: a story has no 'sektion' (did you mean 'section'?",
    ),
    "a negative limit": ("{{ latest(-1) }}", "1: error: 'limit' must be 0 or more, not -1 ("),
    "an unknown section": (
        "{{ pinned(3, section='wrold') }}",
        "1:23: error: there is no section 'wrold' (did you mean 'world'?",
    ),
    "an unknown kind": (
        "{{ latest(3, kind='opinoin') }}",
        "1:20: error: there is no kind 'opinoin' (did you mean 'opinion'?",
    ),
    "an unknown taxonomy": (
        "{{ term_name('tgas', 'x') }}",
        "1:15: error: there is no taxonomy 'tgas' (did you mean 'tags'?",
    ),
    "an unknown order": (
        "{{ terms('tags', order='cuont') }}",
        "1:25: error: there is no order 'cuont' (did you mean 'count'?",
    ),
    "an unknown name of a story in a list": (
        "{% for story in latest(3) %}\n<b>{{ story.titel }}</b>\n{% endfor %}",
        "2:13: error: a story in a list has no 'titel' (did you mean 'title'?",
    ),
    "an unknown name of a story": (
        "{{ article['titel'] }}",
        "1:13: error: a story has no 'titel' (did you mean 'title'?",
    ),
    "an unknown name of the portal": (
        "{{ site.titel }}",
        "1:9: error: the portal has no 'titel' (did you mean 'title'?",
    ),
    "an unknown name of the publisher": (
        "{{ site.publisher.nmae }}",
        "1:19: error: the publisher has no 'nmae' (did you mean 'name'?",
    ),
    "an unknown name of the page": (
        "{{ page.titel }}",
        "1:9: error: the page has no 'titel' (did you mean 'title'?",
    ),
    "an unknown name of the page in a macro": (
        "{% macro top() %}{{ page.titel }}{% endmacro %}{{ top() }}",
        "1:26: error: the page has no 'titel' (did you mean 'title'?",
    ),
    "an unknown name of the loop": (
        "{% for x in [1] %}{{ loop.indx }}{% endfor %}",
        "1:27: error: the loop has no 'indx' (did you mean 'index'?",
    ),
    "an unknown name of a list": (
        "{{ latest(3).title }}",
        "1:14: error: a list has no 'title' (it holds items: take each with {% for %}",
    ),
    "an unknown name of a function": (
        "{{ latest.title }}",
        "1:11: error: a function has no 'title' (call it first, with ();",
    ),
    "a name of what is none": (
        "{{ article.image.src }}",
        "1:18: error: 'article.image' is none here, and has no 'src' "
        "(test it first, as in {% if article.image %};",
    ),
    "a key of extra that is not there": (
        "{{ article.extra.motto }}",
        "1:18: error: 'article.extra' has no 'motto' (",
    ),
    "an item that is not there": (
        "{{ article.tags[7].name }}",
        "1:17: error: a list has no item 7 (one item is in it, and the first is [0];",
    ),
    "an unknown attribute in a filter": (
        "{{ latest(3) | sort(attribute='titel') }}",
        "1:32: error: a story in a list has no 'titel' (did you mean 'title'?",
    ),
    "an unknown variable": (
        "{{ artcle }}",
        "1:4: error: there is no variable 'artcle' (did you mean 'article'?",
    ),
    "an unknown variable that the template sets": (
        "{% set headline = 1 %}\n{{ headlnie }}",
        "2:4: error: there is no variable 'headlnie' (did you mean 'headline'?",
    ),
    "an unknown function": (
        "{{ latset(3) }}",
        "1:4: error: there is no function 'latset' (did you mean 'latest'?",
    ),
    "an unknown filter": (
        "{{ article.date | dat }}",
        "1:19: error: there is no filter 'dat' (did you mean 'date'?",
    ),
    "an unknown filter where it may not matter": (
        "{% if article %}{{ article.date | dat }}{% endif %}",
        "1:35: error: there is no filter 'dat' (did you mean 'date'?",
    ),
    "an unknown test": (
        "{{ page.title is strign }}",
        "1:18: error: there is no test 'strign' (did you mean 'string'?",
    ),
    "an unknown tag": (
        "{% inclde 'x' %}",
        "1:4: error: template syntax: Encountered unknown tag 'inclde' (did you mean 'include'?",
    ),
    "a block twice": (
        "{% block a %}{% endblock %}{% block a %}{% endblock %}",
        "1: error: template syntax: block 'a' defined twice (give one of the two a different name;",
    ),
    "an unknown argument of a filter": (
        "{{ article.date | date(stile='long') }}",
        "1:24: error: the filter 'date' has no argument 'stile' (did you mean 'style'?",
    ),
    "an unknown argument of a filter of Jinja": (
        "{{ page.title | truncate(lenght=3) }}",
        "1:26: error: the filter 'truncate' has no argument 'lenght' (did you mean 'length'?",
    ),
    "a filter of something else": (
        "{{ article | date }}",
        "1: error: the filter 'date' needs a moment or a day, not a story (",
    ),
    "a filter of nothing": (
        "{{ article.image | picture }}",
        "1: error: the filter 'picture' needs a picture, not none "
        "(test first whether there is one, with {% if %};",
    ),
    "an unknown style of dates": (
        "{{ article.date | date('lnog') }}",
        "1:25: error: there is no style of dates 'lnog' (did you mean 'long'?",
    ),
    "an unknown style of dates that is a pattern too": (
        "{{ article.date | time_tag('medum') }}",
        "1:29: error: there is no style of dates 'medum' (did you mean 'medium'?",
    ),
    "no pattern of dates": (
        "{{ article.date | date('d QQQQQQQQQ') }}",
        "1:25: error: there is no style of dates 'd QQQQQQQQQ' (write a style such as 'long'",
    ),
    "no period": (
        "{{ 'soon' | period }}",
        "1: error: the filter 'period' needs a period such as 2024-01, not 'soon' (",
    ),
    "a text that is called": (
        "{{ article.title() }}",
        "1: error: 'article.title' is a text and can't be called "
        "(leave out the (), as in article.title;",
    ),
    "a story that has the name of a function": (
        "{{ article(7) }}",
        "1: error: 'article' is a story and can't be called (leave out the (), as in article;",
    ),
    "a text and a number": (
        "{{ article.title + 5 }}",
        "1: error: '+' can't be used with a text and a whole number (~ joins texts and numbers;",
    ),
    "a comparison": (
        "{{ article.title < 5 }}",
        "1: error: '<' can't compare a text with a whole number (",
    ),
    "no list": ("{% for x in 5 %}{% endfor %}", "1: error: a whole number is not a list ("),
    "no length": ("{{ 5 | length }}", "1: error: a whole number has no length ("),
    "nothing to look in": (
        "{{ 1 in 5 }}",
        "1: error: 'in' needs a list or a text, not a whole number (",
    ),
    "something else than a namespace": (
        "{% set article.title = 1 %}",
        "1: error: only what namespace() makes can be given attributes (",
    ),
    "an unknown argument of a macro": (
        "{% macro card(story) %}{{ story }}{% endmacro %}\n{{ card(sotry=1) }}",
        "2:9: error: the macro 'card' has no argument 'sotry' (did you mean 'story'?",
    ),
    "a missing argument of a macro": (
        "{% macro card(story) %}{{ story }}{% endmacro %}\n\n{{ card() }}",
        "3:4: error: the macro 'card' lacks the argument 'story' (",
    ),
    "too many arguments of a macro": (
        "{% macro card(story) %}{{ story }}{% endmacro %}\n{{ card(1, 2) }}",
        "2:4: error: the macro 'card' takes only 1 argument (",
    ),
    "an unknown macro": (
        "{% from 'partials/card.html' import crad %}\n{{ crad(1) }}",
        "2:4: error: the template 'partials/card.html' has no macro 'crad' (did you mean 'card'?",
    ),
    "an unknown macro of a module": (
        "{% import 'partials/card.html' as cards %}\n{{ cards.crad(1) }}",
        "2:10: error: an imported template has no 'crad' (did you mean 'card'?",
    ),
    "an unknown block of the template": (
        "{{ self.mian() }}{% block main %}{% endblock %}",
        "1:9: error: the template itself has no 'mian' (did you mean 'main'?",
    ),
    "an include of nothing": (
        "{% include 'partials/crad.html' %}",
        "1:13: error: there is no template 'partials/crad.html' in templates/ or the default theme "
        "(did you mean 'partials/card.html'?",
    ),
    "an import of nothing": (
        "{% from 'partials/crad.html' import card %}",
        "1:10: error: there is no template 'partials/crad.html' in templates/ or the default theme "
        "(did you mean 'partials/card.html'?",
    ),
    "a parent that is not there": (
        "{% extends 'bas.html' %}",
        "1:13: error: there is no template 'bas.html' in templates/ or the default theme "
        "(did you mean 'base.html'?",
    ),
    "an unknown fragment": (
        "{{ fragment('fragments/crad.html') }}",
        "1:14: error: there is no template 'fragments/crad.html' in templates/ or the default "
        "theme (did you mean 'fragments/card.html'?",
    ),
    "an unknown asset": (
        "{{ asset('css/brodsheet.css') }}",
        "1:11: error: there is no asset 'css/brodsheet.css' in templates/assets/ or the default "
        "theme (did you mean 'css/broadsheet.css'?",
    ),
    "words by an unknown name": (
        "{% set key = 'raed_more' %}\n{{ t(key) }}",
        "2: error: no language in i18n/ has the words 'raed_more' (",
    ),
    "words without what they say": (
        "{{ t('page_number') }}",
        "1:7: error: t('page_number') lacks the argument 'number' "
        "(its words have the field {number};",
    ),
    "a macro that calls itself": (
        "{% macro again(x) %}\n{{ again(x) }}{% endmacro %}{{ again(1) }}",
        "2: error: the macro 'again' calls itself without end (",
    ),
    "loops in loops": (
        "{% for a in [1] %}" * 25 + "{% endfor %}" * 25,
        "1: error: template syntax: more than 20 loops and macros are within each other (",
    ),
}


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """What one build says of all cases."""
    portal = Portal(tmp_path_factory.mktemp("cases") / "portal")
    portal.settings("")
    numbers = {str(at): text for at, (text, _) in enumerate(CASES.values())}
    found = errors_of(portal, numbers)
    return {name: found.get(str(at), "") for at, name in enumerate(CASES)}


@pytest.mark.parametrize("case", CASES)
def test_an_error_is_told_in_words_with_its_place(told: dict[str, str], case: str) -> None:
    assert told[case].startswith(CASES[case][1])
    assert told[case].count("met by /world/") == 1


def callees(folder: Path) -> Iterator[tuple[str, str, Callee]]:
    """Each function and filter of templates, with the beginning of a call."""
    connection = open_index(folder / "index.sqlite")
    renderer = Renderer(make_site(), Theme((default_theme(),)), Recorder(connection))
    environment: ThemeEnvironment = renderer._environment("en")
    plain = ThemeEnvironment(renderer.theme, lambda *_: None)
    for name, function in environment.globals.items():
        if name not in plain.globals and callable(function) and name not in NOT_CALLED:
            yield name, f"{name}(", Callee.function(name, function)
    for name, function in environment.filters.items():
        yield name, f"'x' | {name}(", Callee.filter(name, function)


def misspelt(name: str) -> str:
    """A name with its last two letters exchanged, or something like none."""
    swaps = len(name) > 1 and name[-1] != name[-2]
    return name[:-2] + name[-1] + name[-2] if swaps else f"{name}x"


def test_every_misspelt_argument_of_everything_that_takes_some_is_told(
    portal: Portal, tmp_path: Path
) -> None:
    templates: dict[str, str] = {}
    expected: dict[str, str] = {}
    for name, call, callee in callees(tmp_path):
        open_ended = any(
            each.kind is inspect.Parameter.VAR_KEYWORD for each in callee.parameters
        ) and name not in ("latest",)
        for argument in () if open_ended else callee.names:
            case = f"{len(templates)}"
            wrong = misspelt(argument)
            templates[case] = f"{{{{ {call}{wrong}=1) }}}}"
            # With nothing else given, a missing argument might be told first.
            expected[case] = f"error: {callee.called} has no argument '{wrong}' ("

    found = errors_of(portal, templates)

    assert len(templates) > len(CASES)
    for case, text in expected.items():
        assert text in found[case], templates[case]


def test_one_error_of_a_template_is_one_however_many_pages_meet_it(portal: Portal) -> None:
    portal.stories(*(story(number) for number in range(1, 1201)))
    portal.write({"templates/article.html": "<p>\n{{ article.titel }}"})
    assert portal.build().error == (
        "templates/article.html:2:12: error: a story has no 'titel' "
        "(did you mean 'title'? met by 1,200 pages, the first is /world/1/story-1/)"
    )


def test_it_is_one_also_if_each_page_has_another_value_or_another_process(portal: Portal) -> None:
    portal.stories(*(story(number) for number in range(1, 81)))
    portal.write({"templates/article.html": "{{ section(article.title) }}"})
    assert portal.build("--jobs", "2").error == (
        "templates/article.html:1: error: there is no section 'Story 1' "
        "(choose from world, culture; met by 80 pages, the first is /world/1/story-1/)"
    )


def test_two_errors_of_two_lines_are_two(portal: Portal) -> None:
    portal.stories(story(1, "tags: [Iran]"), story(2))
    text = "{% if article.tags %}\n{{ quxx }}\n{% else %}\n{{ zzz }}\n{% endif %}"
    portal.write({"templates/article.html": text})
    first, second = portal.build().errors
    assert first.endswith("there is no variable 'quxx' (met by /world/1/story-1/)")
    assert second.endswith("there is no variable 'zzz' (met by /world/2/story-2/)")


def test_two_templates_that_include_each_other_are_both_named(portal: Portal) -> None:
    portal.stories(story(1))
    portal.write(
        {
            "templates/article.html": '{% include "partials/a.html" %}',
            "templates/partials/a.html": '{% include "partials/b.html" %}',
            "templates/partials/b.html": '{% include "partials/a.html" %}',
        }
    )
    error = portal.build().error
    assert "error: templates use each other without end: " in error
    assert "a.html → b.html → a.html" in error or "b.html → a.html → b.html" in error


def chain(length: int, text: str) -> dict[str, str]:
    """Templates each of which includes the next one."""
    inner = {f"templates/{n}.html": text % f"{n + 1}.html" for n in range(length)}
    return inner | {f"templates/{length}.html": "the end", "templates/article.html": inner_of(text)}


def inner_of(text: str) -> str:
    """The first of them."""
    return text % "0.html"


@pytest.mark.parametrize("length", [30, 600])
@pytest.mark.parametrize(
    "text", ["{%% include '%s' %%}", "{%% for x in [1] %%}{%% include '%s' %%}{%% endfor %%}"]
)
def test_a_long_chain_of_includes_is_no_error(portal: Portal, length: int, text: str) -> None:
    portal.stories(story(1))
    portal.write(chain(length, text))
    portal.built()
    assert "the end" in portal.text("world/1/story-1/index.html")


def test_a_chain_of_includes_that_is_too_long_is_an_error_in_words(portal: Portal) -> None:
    portal.stories(story(1))
    portal.write(chain(1200, "{%% set after = '%s' %%}{%% include after %%}"))
    assert "error: templates include each other too deeply: this is number" in portal.build().error


def test_the_contents_of_a_call_block_are_shown(portal: Portal) -> None:
    portal.stories(story(1))
    text = "{% macro box(title) %}<b>{{ title }}</b>{{ caller() }}{% endmacro %}"
    portal.write({"templates/article.html": text + "{% call box('T') %}inside{% endcall %}"})
    portal.built()
    assert portal.text("world/1/story-1/index.html") == "<b>T</b>inside"


def test_a_layout_that_is_not_there_names_the_nearest(portal: Portal) -> None:
    portal.stories(story(1, "layout: artcle.html"))
    assert portal.build().error == (
        "content/articles/1.md: error: there is no template 'artcle.html' (key 'layout') "
        "(did you mean 'article.html'?)"
    )
