"""`[comments]` in site.toml: which provider, and its settings, from one table.

`PROVIDERS` says for each provider which keys it has, of what type, and what holds when a key is
left out; the names of the keys are those that the templates in `comments/` read. What the
settings do on a page is the templates' matter.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import KW_ONLY, dataclass
from typing import Any, Literal

from generator.model.permalink import path_error
from generator.model.site import Comments
from generator.validation import Fields, Value
from generator.validation.urls import language_tag

Type = Literal["text", "server", "url", "path", "language", "flag", "number", "choice", "texts"]

CUSTOM = "custom"
LOADS = ("visible", "click", "now")
THEMES = ("auto", "light", "dark")

_TEMPLATE_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,63}")
# The template that all providers' templates extend.
_FRAME = "widget"
_SYNONYMS = {"host": "url", "server": "url", "language": "lang", "locale": "lang"}
_LARGEST = 1_000_000_000


@dataclass(frozen=True, slots=True)
class Setting:
    """One key of a provider. `pattern` is what a text must match, `expected` says it in words."""

    key: str
    type: Type = "text"
    _: KW_ONLY
    default: str | bool | int | tuple[str, ...] = ""
    required: bool = False
    choices: tuple[str, ...] = ()
    pattern: str = ""
    expected: str = ""


def _load(default: str = "visible") -> Setting:
    return Setting("load", "choice", choices=LOADS, default=default)


_SERVER = Setting("url", "server", required=True)
_LANG = Setting("lang", "language")
_THEME = Setting("theme", "choice", choices=THEMES, default="auto")
_PREFIX = Setting("prefix", "path")
_REPOSITORY = Setting(
    "repo",
    required=True,
    pattern=r"[A-Za-z0-9][A-Za-z0-9-]*/[A-Za-z0-9._-]+",
    expected="a GitHub repository as in 'owner/name'",
)


def _identifier(key: str, whose: str) -> Setting:
    pattern = "[A-Za-z0-9_=-]+"
    return Setting(key, required=True, pattern=pattern, expected=f"the ID that {whose} shows")


PROVIDERS: Mapping[str, tuple[Setting, ...]] = {
    "isso": (
        _SERVER,
        _PREFIX,
        _LANG,
        Setting("css", "flag", default=True),
        Setting("css_url", "url"),
        Setting(
            "sorting",
            "choice",
            choices=("newest", "oldest", "upvotes"),
            default="newest",
        ),
        Setting("max_comments_top", "number", default=0),
        Setting("max_comments_nested", "number", default=5),
        Setting("reveal_on_click", "number", default=5),
        Setting("avatar", "flag", default=True),
        Setting("vote", "flag", default=True),
        Setting("page_author_hashes", "texts", default=()),
        _load(),
    ),
    "giscus": (
        _REPOSITORY,
        _identifier("repo_id", "giscus.app"),
        Setting("category", required=True),
        _identifier("category_id", "giscus.app"),
        Setting("url", "server", default="https://giscus.app"),
        Setting("reactions", "flag", default=True),
        Setting("input_position", "choice", choices=("top", "bottom"), default="bottom"),
        Setting("theme", default="preferred_color_scheme"),
        _LANG,
        _load(),
    ),
    "utterances": (
        _REPOSITORY,
        Setting("label"),
        Setting(
            "theme",
            default="preferred-color-scheme",
            pattern="[a-z0-9-]+",
            expected="the name of a theme of utterances",
        ),
        _load(),
    ),
    "disqus": (
        Setting(
            "shortname",
            required=True,
            pattern="[a-z0-9-]+",
            expected="the site's shortname at Disqus, of lower-case letters, digits and hyphens",
        ),
        Setting("category_id", pattern="[0-9]*", expected="the number of a category"),
        _LANG,
        _load("click"),
    ),
    "remark42": (
        _SERVER,
        Setting("site_id", default="remark"),
        Setting("key_base", "server"),
        Setting("max_shown_comments", "number", default=15),
        Setting("email_subscription", "flag", default=True),
        Setting("simple_view", "flag", default=False),
        Setting("footer", "flag", default=True),
        _THEME,
        _LANG,
        _load(),
    ),
    "cusdis": (
        _identifier("app_id", "Cusdis"),
        Setting("url", "server", default="https://cusdis.com"),
        _THEME,
        _LANG,
        _load(),
    ),
    "comentario": (
        _SERVER,
        _PREFIX,
        Setting("css", "flag", default=True),
        Setting("css_url", "url"),
        Setting("max_level", "number", default=10),
        Setting("live_update", "flag", default=True),
        Setting("fonts", "flag", default=True),
        _THEME,
        _LANG,
        _load(),
    ),
    "hyvor-talk": (
        Setting("website_id", "number", default=0, required=True),
        _THEME,
        _LANG,
        _load(),
    ),
}


def read_comments(fields: Fields) -> Comments | None:
    """Return the provider and its settings, None if there is none; errors go to `fields`."""
    provider = fields.choice("provider", (*PROVIDERS, CUSTOM))
    if not provider:
        return None
    if provider == CUSTOM:
        settings = _custom(fields)
    else:
        settings = {setting.key: _read(fields, setting) for setting in PROVIDERS[provider]}
    fields.finish({key: meant for key, meant in _SYNONYMS.items() if meant in fields.known})
    return Comments(provider, settings)


def _read(fields: Fields, setting: Setting) -> Any:
    """Return one setting as its type, or its default where it is left out or invalid."""
    value = fields.value(setting.key, required=setting.required)
    found = _READERS[setting.type](value, setting) if value else None
    return setting.default if found in (None, "") else found


def _custom(fields: Fields) -> dict[str, Any]:
    """The name of a portal's own template, and a table that is handed to it as it was written."""
    template = fields.value("template", required=True)
    table = fields.value("settings")
    given: dict[str, Any] = {}
    if table and isinstance(table.raw, dict):
        given = dict(table.raw)
    elif table:
        table.expected("a mapping of keys to values")
    return {"template": _template(template) if template else "", "settings": given}


def _template(value: Value) -> str:
    name = value.filled() or ""
    if name in PROVIDERS:
        value.error(f"names a provider, '{name}'", f'write provider = "{name}"')
    elif name in (CUSTOM, _FRAME):
        value.error(f"must be a template of the portal's own, and '{name}' is the theme's")
    elif name and not _TEMPLATE_NAME.fullmatch(name):
        value.expected("the NAME of comments/NAME.html, of letters, digits, '-' and '_'")
    return name


def _text(value: Value, setting: Setting) -> str | None:
    text = value.filled() if setting.required else value.text()
    if text and setting.pattern and not re.fullmatch(setting.pattern, text):
        value.expected(setting.expected)
    return text


def _server(value: Value, setting: Setting) -> str | None:
    """Return the URL under which a server answers, without a slash at its end."""
    url = value.url()
    if url and re.search("[?#@]", url):
        value.error("must be a server's address, without '?', '#' or '@'")
    return url and url.rstrip("/")


def _path(value: Value, setting: Setting) -> str | None:
    path = value.text()
    if path and path != "/" and (error := path_error(path)):
        value.error(error)
    return path and path.rstrip("/")


def _language(value: Value, setting: Setting) -> str | None:
    written = value.text()
    tag = language_tag(written or "")
    if written and not tag:
        value.expected("a language tag such as 'fa' or 'pt-BR'")
    return tag


_READERS: Mapping[Type, Callable[[Value, Setting], Any]] = {
    "text": _text,
    "server": _server,
    "path": _path,
    "language": _language,
    "url": lambda value, setting: value.url() if value.raw != "" else None,
    "flag": lambda value, setting: value.flag(),
    "number": lambda value, setting: value.integer(int(setting.required), _LARGEST),
    "choice": lambda value, setting: value.choice(setting.choices),
    "texts": lambda value, setting: value.texts(single=True),
}
