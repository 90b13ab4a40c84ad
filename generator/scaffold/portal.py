"""A portal's first files: settings, a first story, an About page, an author and an icon."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from generator.config.loader import read_site
from generator.errors import ConfigError, OutputError, Problem
from generator.scaffold.schemas.files import directive, editor_files
from generator.scaffold.schemas.names import KnownNames

_SITE = """\
title = {title}
base_url = "https://news.example"
language = "en"
timezone = "UTC"
description = "News from our town, every day."
default_source = {title}

[[sections]]
slug = "local"
title = "Local"

[[sections]]
slug = "world"
title = "World"

[publisher]
name = {title}

[markdown]
dialect = "commonmark"

[extra]
favicon = "/favicon.svg"
"""

# A front page, seen from afar. Browsers ask for /favicon.ico, which is not there, if there is none.
_ICON = """\
<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32">
<rect width="32" height="32" rx="6" fill="#1f3a5f"/>
<path fill="#fff" d="M7 7h18v4H7zM7 14h8v11H7zM18 14h7v3h-7zM18 18h7v3h-7zM18 22h7v3h-7z"/>
</svg>
"""

_ARTICLE = """\
---
news_id: 1
title: Our portal is open
date: {date}
section: local
tags: [About us]
authors: [newsroom]
standfirst: The first story of a new portal, and what to do next.
---

This story is in `content/articles/`. Change it, and build again.

## What to do next

- Write a story: `broadsheet new "A headline"`
- See it as you write: `broadsheet serve --drafts`
- Set the portal's name, address and sections in `site.toml`
"""

_AUTHOR = """\
---
name: The newsroom
role: Reporters and editors
---

The people who write this portal.
"""

_ABOUT = """\
---
title: About us
---

Say here who is behind the portal, who pays for it, and how to reach you.
"""


def make_portal(folder: Path, title: str) -> None:
    """Write a new portal into an empty or missing folder.

    Raises `ConfigError` if something is there already, `OutputError` if it can't be written.
    """
    try:
        if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
            hint = "name a folder that is empty or does not exist yet"
            raise ConfigError(Problem(str(folder), 0, 0, "is not empty", hint))
        for name, text in _files(title).items():
            path = folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, "utf-8")
    except OSError as error:
        raise OutputError(
            Problem(str(folder), 0, 0, f"can't be written: {error.strerror}")
        ) from error


def _files(title: str) -> dict[str, str]:
    # The portal's time zone is UTC, where it may still be yesterday.
    today = datetime.now(UTC).date()
    quoted = '"' + title.replace("\\", "\\\\").replace('"', '\\"') + '"'
    first = f"content/articles/{today:%Y/%m/%d}/1.md"
    settings = directive() + _SITE.format(title=quoted)
    return {
        "site.toml": settings,
        first: _ARTICLE.format(date=today.isoformat()),
        "content/authors/newsroom.md": _AUTHOR,
        "content/pages/about.md": _ABOUT,
        "content/media/.gitkeep": "",
        "content/static/favicon.svg": _ICON,
        ".gitignore": "output/\n.broadsheet/\n",
        **editor_files(read_site(settings.encode()), KnownNames()),
    }
