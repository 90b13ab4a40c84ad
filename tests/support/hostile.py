"""Texts that cost more than they look: all that Markdown, HTML, shortcodes and YAML know, repeated.

Each kind is made at any size, so that what grows faster than its input can be found.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from itertools import combinations, count

Make = Callable[[int], str]

# Each is repeated: openers without closers, closers without openers, and whole constructs.
PIECES = {
    # Blocks
    "quote": ">",
    "quote line": "> a\n",
    "quote after quote": "> ",
    "quote in list": "> - ",
    "list line": "- a\n",
    "list sign": "- ",
    "number": "1. ",
    "number line": "1. a\n",
    "star line": "* a\n",
    "loose list": "- a\n\n",
    "indented": "    a\n",
    "deeper": "  - a\n",
    "heading": "#",
    "heading line": "# a\n",
    "heading with id": "# a {#b}\n",
    "heading brace": "# a {",
    "heading escape": "#\\",
    "same headings": "# a\n\n",
    "underline": "a\n---\n",
    "rule": "---\n\n",
    "rule sign": "-",
    "equals": "=",
    "definition": "a\n: b\n",
    "colon": ": ",
    "colon line": ":   a\n",
    "blank": " ",
    "tab": "\t",
    "line": "\n",
    "line of blanks": "   \n",
    "line end": "a  \n",
    "paragraph": "a\n\n",
    "words": "word ",
    "letter": "a",
    # Notations that settings turn on
    "highlight": "==a",
    "highlighted": "==a== ",
    "superscript": "a^b^",
    "caret": "^a ",
    "subscript": "a~b~",
    "one tilde": "~a ",
    "emoji": ":tada:",
    "emoji apart": ":tada: ",
    "no emoji": ":a ",
    "wiki link": "[[a|b]]",
    "formula": "$a$ ",
    "block formula": "$$a$$\n\n",
    "dollar": "$a",
    "wiki opener": "[[a",
    # Tables
    "pipe": "|",
    "cell": "|a",
    "row": "|a|\n",
    "table": "a|b\n-|-\nc|d\n\n",
    "tick in cell": "|`",
    "rule cell": "|-",
    "rows of ticks": "|`a\n",
    "escaped pipe": "\\|",
    # Code
    "tick": "`",
    "tick and letter": "`a",
    "tick line": "`\n",
    "ticks of two": "``a`",
    "fence": "```\n",
    "fence with name": "```a\n",
    "tilde fence": "~~~a\n",
    "fence, blank": "```\n\n",
    "fence in line": "a ```\n",
    "fence with braces": "```{a}\n",
    "fence with lines": "``` hl_lines='\n",
    "long fence": "`````\n```\n",
    "fenced": "```\na\n```\n",
    "tilde": "~",
    "tildes": "~~a ",
    # Emphasis
    "star": "*",
    "star word": "*a ",
    "stars": "**a *b",
    "underscores": "_a __b ",
    "crossed": "*a _b ",
    "closers": "a* ",
    "triple": "***a",
    "word_word": "a_b_",
    "struck": "~~a~~",
    "strong": "**a** ",
    # Links, pictures, references
    "bracket": "[",
    "closed bracket": "]",
    "picture": "![",
    "brackets": "[]",
    "empty link": "[](",
    "link": "[a](b) ",
    "link opener": "[a](",
    "link title": '[a](b "',
    "link angle": "[a](<b ",
    "link parentheses": "[a]((",
    "parenthesis": "(",
    "reference": "[a]: b\n",
    "reference opener": "[a]: ",
    "reference use": "[a][b] ",
    "short reference": "[a] ",
    "picture link": "![a](b) ",
    "linked picture": "[![",
    "outside link": "[a](https://x.example/) ",
    "md link": "[a](b.md) ",
    "news link": "[a](news:1) ",
    "fragment": "[a](#b) ",
    "media": "![](/media/a.jpg) ",
    "autolink": "<http://",
    "autolinks": "<http://a.b> ",
    "mail": "<a@",
    "mails": "<a@b.c> ",
    "bare address": "http://a.b ",
    "bare host": "www.a.b ",
    "bare mail": "a@b.c ",
    "bare mail with signs": "a_b@c.d*",
    "task": "- [ ] a\n",
    "bare word": "x.md ",
    # Footnotes, abbreviations, attributes
    "note": "[^1]",
    "note opener": "[^",
    "note definition": "[^a]: b\n",
    "abbreviation": "*[",
    "abbreviations": "*[a]: b\n",
    "attributes": "{: ",
    "attribute list": "{: .a }",
    "brace": "{",
    "attribute line": "a\n{: #b }\n\n",
    "emphasized attribute": "*a*{: .b } ",
    "attribute values": "{: a='",
    # HTML
    "less": "<",
    "less letter": "<a",
    "tag": "<a ",
    "attribute": '<a href="',
    "equals in tag": "a=b ",
    "div": "<div>",
    "div line": "<div>\n",
    "markdown div": '<div markdown="1">\n',
    "comment": "<!--",
    "whole comment": "<!-- a -->",
    "comment line": "<!-- a -->\n",
    "instruction": "<?",
    "whole instruction": "<?a?>",
    "declaration": "<!a",
    "doctype": "<!doctype a>",
    "cdata": "<![CDATA[",
    "whole cdata": "<![CDATA[a]]>",
    "bogus": "<![a",
    "end tag": "</a ",
    "end tags": "</a>",
    "end div": "</div>",
    "span": "<span>",
    "bold": "<b>",
    "nested anchors": "<a href=b>",
    "paragraph tag": "<p",
    "paragraphs": "<p>a",
    "break": "<br>",
    "self-closed": "<br/>",
    "crossed tags": "<b><i></b>",
    "unclosed quote": "<b title='>",
    "double quote": "<b title=\"a'>",
    "script": "<script>",
    "style": "<style>",
    "title": "<title>",
    "textarea": "<textarea>",
    "svg": "<svg>",
    "template": "<template>",
    "iframe": "<iframe src=a>",
    "noscript": "<noscript>",
    "plaintext": "<plaintext>",
    "table tag": "<table>",
    "row tag": "<tr>",
    "cell tag": "<td>",
    "table text": "<table>a",
    "list tag": "<li>",
    "select": "<select>",
    "button": "<button>",
    "form": "<form>",
    "picture tag": "<img src=a.jpg>",
    "source set": '<img srcset="a.jpg 1x, b.jpg 2x">',
    "set opener": '<img srcset="a ',
    "script closed": "<script></script>",
    "style closed": "<style></style>",
    "formatting": "<font><b><i>",
    "heading tag": "<h1>a</h1>",
    "code tag": "<code>",
    "code tags": "<code>a</code>",
    "pre": "<pre>",
    "details": "<details>",
    "span in line": "a <span>b</span> ",
    "spaced tag": "<b  ",
    "slash": "</",
    "slashed": "<b/",
    "attribute run": "<b a a a ",
    "long name": "<aaaa",
    "comment dashes": "<!-- - ",
    "comment bang": "<!--!>",
    "sup": '<sup id="fnref',
    "backref": '<a class="footnote-backref"',
    "rcdata": "</title",
    "inline comment": "a <b><!-- c --> ",
    "blockquote tag": "<blockquote>\n",
    # Entities and escapes
    "ampersand": "&",
    "entity": "&amp;",
    "numeric": "&#",
    "character": "&#97;",
    "named": "&nbsp;",
    "mark": "&#xE000;S0&#xE001;",
    "backslash": "\\",
    "escape": "\\*",
    "escaped bracket": "\\[",
    # Quotes
    "quotes": "\"'",
    "quoted": '"a" ',
    "apostrophe": "a'b ",
    "dash": "--",
    "dots": "...",
    "single": "'a ",
    # Shortcodes
    "call": "{{< a >}}",
    "call line": "{{< a >}}\n",
    "call opener": "{{<",
    "call blanks": "{{< ",
    "call quote": '{{< a "',
    "call tick": "{{< a `",
    "call end": "{{< /a >}}",
    "call argument": "{{< a b=",
    "call escape": "{{</*",
    "escaped call": "{{</* a */>}} ",
    "ticked call": "`{{<",
    "fenced call": "``` {{<\n",
    "percent": "{{%",
    "call pair": "{{< a >}}b{{< /a >}}",
    "call backslash": '{{< a "\\',
    "call in link": "[a]({{< b >}}) ",
    "ref": '[a]({{< ref "b.md" >}}) ',
    "call in tag": '<b title="{{< a >}}">',
    "known call": "{{< pullquote a >}}",
    "embed": "{{< embed https://a.b >}}\n",
    "related": "{{< related 1 >}}\n",
    "curly": "{{< a “",
    "close brace": ">}}",
    "dotted name": "{{< a.a/",
    "self-closing": "{{< a />}}",
    # Letters of other scripts, and signs that are none
    "letters": "\u6f22",
    "combining": "e\u0301",
    "joiner": "\u200c",
    "rtl": "\u202e",
    "astral": "\U0001f600",
    "control": "\x02",
    "nul": "\x00",
    "separator": "\u2028",
    "no-break": "\xa0",
    "return": "\r",
}

# Each is opened as often as it is closed.
PAIRS = {
    "divs": ("<div>", "</div>"),
    "markdown divs": ("<div markdown=1>\n", "\n</div>"),
    "spans": ("<span>", "</span>"),
    "bolds": ("<b>", "</b>"),
    "quotes of HTML": ("<blockquote>\n", "</blockquote>\n"),
    "tables": ("<table><tr><td>", "</td></tr></table>"),
    "lists": ("<ul><li>", "</li></ul>"),
    "anchors": ("<a href='b'>", "</a>"),
    "stars": ("*a ", " a*"),
    "strong stars": ("**a ", " a**"),
    "brackets": ("[", "]"),
    "brackets and link": ("[", "](b)"),
    "pictures": ("![", "](b)"),
    "parentheses": ("[a](", ")"),
    "struck": ("~~a ", " a~~"),
    "underscores": ("_a ", " a_"),
    "calls": ("{{< a >}}", "{{< /a >}}"),
    "different calls": ("{{< a >}}{{< b >}}", "{{< /a >}}{{< /b >}}"),
    "comments": ("<!-- ", " -->"),
    "svgs": ("<svg>", "</svg>"),
    "templates": ("<template>", "</template>"),
    "details": ("<details>\n", "</details>\n"),
    "quotation marks": ("\"'", "'\""),
    "notes": ("[^a ", "]"),
    "code": ("`", "`"),
    "maths": ("<math><mi>", "</mi></math>"),
    "paragraphs": ("<p><b>", "</b></p>"),
    "formatting": ("<b><i><u>", "</b></i></u>"),
    "quoted attributes": ("<b title='", "'>"),
}


def repeated(piece: str) -> Make:
    return lambda size: piece * (size // len(piece.encode()))


def nested(opening: str, closing: str) -> Make:
    def make(size: int) -> str:
        times = size // len((opening + closing).encode())
        return opening * times + "x" + closing * times

    return make


def numbered(pattern: str) -> Make:
    """A pattern with another number in each of its places `%`."""

    def make(size: int) -> str:
        parts, length = [], 0
        for number in count():
            parts.append(pattern.replace("%", str(number)))
            length += len(parts[-1])
            if length >= size:
                return "".join(parts)
        raise AssertionError

    return make


def halves(first: Make, second: Make) -> Make:
    return lambda size: first(size // 2) + "\n\n" + second(size // 2)


def wide_table(size: int) -> str:
    columns = size // 16
    return "|" + "a|" * columns + "\n|" + "-|" * columns + "\n" + "|x|\n" * (size // 8)


def rows_of_one(size: int) -> str:
    return "|a|b|\n|-|-|\n" + "|x|\n" * (size // 4)


def narrow_table(size: int) -> str:
    return "|a|b|\n|-|-|\n" + "|x|y|\n" * (size // 6)


def one_long(start: str, fill: str, end: str = "") -> Make:
    return lambda size: start + fill * (size // len(fill)) + end


# What is defined once, at length, and used often; and what is one long thing.
PRODUCTS: Mapping[str, Make] = {
    "wide table": wide_table,
    "rows of one cell": rows_of_one,
    "narrow table": narrow_table,
    "abbreviation used": lambda size: "*[a]: b\n\n" + "a " * (size // 2),
    "abbreviation with a long title": halves(one_long("*[a]: ", "b"), repeated("a ")),
    "many abbreviations": halves(numbered("*[a%]: b\n"), repeated("a1 ")),
    "abbreviations with a prefix": halves(numbered("*[aaaaaaaaaaaa%]: b\n"), repeated("a")),
    "reference used": lambda size: "[a]: b.md\n\n" + "[a] " * (size // 4),
    "reference with a long address": halves(one_long("[a]: ", "b"), repeated("[x][a]\n\n")),
    "reference with a long title": halves(one_long("[a]: b 'c", "c", "'"), repeated("[x][a]\n\n")),
    "picture with a long title": halves(one_long("[a]: b 'c", "c", "'"), repeated("![x][a]\n\n")),
    "many references": numbered("[a%]: b\n[x][a%]\n\n"),
    "note used": lambda size: "[^a]: b\n\n" + "a[^a] " * (size // 6),
    "note used in paragraphs": lambda size: "[^a]: b\n\n" + "a[^a]\n\n" * (size // 7),
    "many notes": numbered("a[^%]\n\n[^%]: b\n\n"),
    "notes of notes": numbered("[^%]: a[^1%]\n\n"),
    "many headings": numbered("# a%\n\n"),
    "headings with ids": numbered("# a {#b%}\n\n"),
    "many addresses": numbered("[a](b%.pdf)\n\n"),
    "many sources": numbered("[a](b%.md)\n\n"),
    "many articles": numbered("[a](news:%)\n\n"),
    "many tags": numbered("<b%>"),
    "many attributes": one_long("<b ", "a ", ">"),
    "numbered attributes": lambda size: "<b " + numbered(" a%=1")(size) + ">",
    "many classes": one_long("<b class='", "a ", "'>x</b>"),
    "long attribute list": one_long("a\n{: ", ".b ", "}"),
    "attribute lists": numbered("*a*{: b%=c } "),
    "long address": one_long("[a](", "b", ")"),
    "bare address and parentheses": one_long("See https://a.example/", ")"),
    "bare host and parentheses": one_long("See www.a.example/", ")"),
    "mail and hyphens": one_long("a@b.c", "-"),
    "heading of tabs": one_long("# a", "\t", "{b"),
    "long picture set": one_long("<img srcset='", "a.jpg 1x, ", "'>"),
    "long srcset word": one_long("<img srcset='", "a", "'>"),
    "long call": one_long("{{< a ", "b ", ">}}"),
    "call of long values": one_long('{{< a "', 'b\\"', '" >}}'),
    "call of blanks": one_long("{{<", " ", ">}}"),
    "open call of blanks": one_long("{{<", " "),
    "open call of blanks and a name": one_long("{{< a", " "),
    "call of named values": lambda size: "{{< a " + numbered(" b%=c")(size) + ">}}",
    "call without end": one_long("{{< a ", "b "),
    "call of files": lambda size: "{{< a " + numbered(" b%.jpg")(size) + ">}}",
    "related to many": one_long("{{< related ", "1 ", ">}}"),
    "many calls": numbered("{{< a% >}}\n"),
    "many pairs": numbered("{{< a% >}}\n\nb\n\n{{< /a% >}}\n\n"),
    "pairs within pairs": lambda size: "{{< a >}}" * 19 + "b " * (size // 2) + "{{< /a >}}" * 19,
    "openers then closers of others": halves(numbered("{{< a% >}}"), repeated("{{< /a1 >}}")),
    "open comment": one_long("<!-- ", "a "),
    "open tag": one_long('<b title="', "a "),
    "open code": one_long("`", "a "),
    "open fence": one_long("```\n", "a\n"),
    "open style, trusted": one_long("<style>", "<style>"),
    "openers, then one closer": lambda size: "*a " * (size // 3) + "*",
    "ticks of every length": lambda size: " ".join(
        "`" * n for n in range(1, int((2 * size) ** 0.5))
    ),
    "fences of every length": lambda size: "\n".join(
        "`" * n for n in range(3, int((2 * size) ** 0.5))
    ),
    "tildes of every length": lambda size: "\n".join(
        "~" * n for n in range(3, int((2 * size) ** 0.5))
    ),
    "stars of every length": lambda size: " ".join(
        "*" * n for n in range(1, int((2 * size) ** 0.5))
    ),
    "one table row of ticks": lambda size: "|a|b|\n|-|-|\n|" + "`|" * (size // 2),
    "cells of ticks": lambda size: "|a|b|\n|-|-|\n" + "|`a`|`b`|\n" * (size // 10),
    "deeper and deeper": lambda size: "".join(
        " " * n + "- a\n" for n in range(int((2 * size) ** 0.5))
    ),
    "list of paragraphs": repeated("- a\n\n    b\n\n"),
    "list in a list": repeated("- a\n    - b\n"),
    "quotes of paragraphs": repeated("> a\n>\n> b\n\n"),
    "lazy quote": one_long("> a\n", "b\n"),
    "paragraph of lines": repeated("word and word\n"),
    "long paragraph of links": repeated("[a](https://b.example/) "),
    "definitions of many": lambda size: "a\n" + ": b\n" * (size // 4),
    "long definition": lambda size: "a\n:   b\n\n" + "    c\n\n" * (size // 7),
    "attribute in table": lambda size: "|a|b|\n|-|-|\n" + "|x{: .y }|y|\n" * (size // 13),
    "smart quotes": repeated("\"a 'b' c\" -- d... "),
    "markdown in HTML": repeated("<div markdown=1>\n\n*a*\n\n</div>\n\n"),
    "raw blocks": repeated("<div>\n\n*a*\n\n</div>\n\n"),
    "raw in lines": repeated("a <b>b</b>\n\n"),
    "sentence without end": repeated("\u3042"),
    "thai": repeated("\u0e01\u0e32"),
    "words of two": repeated("\u0915\u094d\u0937 "),
}

# What is repeated in the middle of something else.
WITHIN = ("*", "[", "<b ", "`", "{{< ", "&", "|", '"', "(", "\\", "![", "<!--", ">", "\n")


def mixed() -> dict[str, Make]:
    return {
        f"{first!r} and {other!r}": repeated(first + other)
        for first, other in combinations(WITHIN, 2)
    }


FRONT: Mapping[str, Make] = {
    "long title": one_long("title: ", "a"),
    "long quoted title": one_long('title: "', '\\"', '"'),
    "long folded title": one_long("title: >\n", "  a\n"),
    "long literal": one_long("standfirst: |\n", "  a\n\n"),
    "open quote": one_long('title: "', "a\n "),
    "single quotes": one_long("title: '", "''", "'"),
    "flow list": one_long("tags: [", "a, ", "]"),
    "flow lists": one_long("extra: ", "["),
    "closed flow lists": lambda size: "extra: " + "[" * (size // 2) + "]" * (size // 2),
    "flow mappings": one_long("extra: ", "{a: "),
    "mappings": lambda size: (
        "extra:\n" + "".join(" " * n + "a:\n" for n in range(1, int((2 * size) ** 0.5)))
    ),
    "lists": one_long("tags: ", "- "),
    "keys": numbered("a%: b\n"),
    "same keys": repeated("a: b\n"),
    "keys of extra": lambda size: "extra:\n" + numbered("  a%: b\n")(size),
    "same keys of extra": lambda size: "extra:\n" + "  a: b\n" * (size // 7),
    "tags": lambda size: "tags:\n" + numbered("  - a%\n")(size),
    "same tags": lambda size: "tags:\n" + "  - a\n" * (size // 6),
    "tags that are faulty": lambda size: "tags:\n" + "  - [a]\n" * (size // 8),
    "related": lambda size: "related: [" + numbered("%, ")(size) + "]",
    "aliases": lambda size: "aliases:\n" + numbered("  - /a/%/\n")(size),
    "corrections": lambda size: (
        "corrections:\n" + "  - {date: 2024-01-01, text: a}\n" * (size // 32)
    ),
    "anchors": lambda size: "extra:\n" + numbered("  a%: &b% c\n")(size),
    "aliases of anchors": lambda size: "extra: &a [" + "*a, " * (size // 4) + "]",
    "billion laughs": lambda size: (
        "extra:\n  a0: &a0 [x]\n"
        + "".join(
            f"  a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]\n" for n in range(1, size // 60)
        )
    ),
    "tags of YAML": one_long("extra: ", "!a "),
    "comments": repeated("# a\n"),
    "blank lines": repeated("\n"),
    "colons": one_long("title: ", ": "),
    "questions": repeated("? "),
    "merge keys": lambda size: "extra:\n" + "  <<: {a: b}\n" * (size // 14),
    "numbers": lambda size: "extra: [" + "1" * size + "]",
    "floats": lambda size: "extra: [1." + "1" * size + "e1]",
    "escapes": one_long('title: "', "\\u0041", '"'),
    "percents": one_long("%", "a "),
    "tabs": one_long("title:", "\t"),
    "letters of many scripts": one_long("title: ", "\u6f22e\u0301 "),
    "slug letters": one_long("title: ", "a-"),
    "long date": one_long("date: ", "1"),
    "long News ID": one_long("news_id: ", "1"),
    "long zone": one_long("date: 2024-01-01T00:00:00", "0"),
    "long language": one_long("lang: ", "a-"),
    "long address": one_long("canonical: https://a.b/", "a/"),
    "long picture": one_long("image: ", "a/"),
    "dots": one_long("image: ", "../"),
}


# A run of one sign, where something may begin or end with it but does not.
SIGNS = "#=-*_~`>|:+\\()[]{}<&!\"'.@ \t\n1,"
AROUND = (
    ("", "b"),
    ("# a ", "b"),
    ("a ", " b\n"),
    ("- ", "b"),
    ("|a", "b|c"),
    ("[a](", "b"),
    ("<a ", "b"),
)


def runs() -> dict[str, Make]:
    return {
        f"{sign!r} between {before!r} and {after!r}": one_long(before, sign, after)
        for sign in SIGNS
        for before, after in AROUND
    }


def texts() -> dict[str, Make]:
    """Every kind of text, by a name that says what it is."""
    made: dict[str, Make] = {f"repeated: {name}": repeated(piece) for name, piece in PIECES.items()}
    made |= {f"nested: {name}": nested(*pair) for name, pair in PAIRS.items()}
    made |= {f"product: {name}": make for name, make in PRODUCTS.items()}
    made |= {f"run: {name}": make for name, make in runs().items()}
    return made | {f"mixed: {name}": make for name, make in mixed().items()}


def front_matters() -> dict[str, Make]:
    """Every kind of front matter, without what else an article needs."""
    return {f"front: {name}": make for name, make in FRONT.items()}
