"""Attempts to run a script on a portal's pages, by class. A script that runs calls `hit()`.

Texts are Markdown that an author could commit, fronts are values of front matter.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product

RUN = "hit()"
EVENTS = ("onmouseover", "onfocus", "onerror", "onload", "ontoggle", "onanimationstart")
ADDRESSES = (
    "javascript:hit()",
    "JaVaScRiPt:hit()",
    " javascript:hit()",
    "java\tscript:hit()",
    "java&#10;script:hit()",
    "&#106;avascript:hit()",
    "&#x6A&#x61vascript:hit()",
    "javascript&colon;hit()",
    "\x01javascript:hit()",
    "vbscript:hit()",
    "data:text/html,<script>parent.hit()</script>",
    "data:text/html;base64,PHNjcmlwdD5oaXQoKTwvc2NyaXB0Pg==",
    "view-source:javascript:hit()",
    '//x.example/" onfocus="hit()',
    'news:1" onfocus="hit()',
    'a.md" onfocus="hit()',
)
_MARKS = (
    "&#xE000;S{}&#xE001;",
    "&#57344;R{}&#57345;",
    "&#xE0\ue00000;S{}&#xE001",
    "\ue000S{}\ue001",
)
_MARK_PLACES = (
    "{}",
    '<abbr title="{}">z</abbr>',
    '<a href="{}">z</a>',
    '<img src="{}" alt="{}">',
    "[z](https://x.example/ '{}')",
    "[z]({})",
    "![{}](https://x.example/a.png)",
    "## {}",
    "`{}`",
    "| {} |\n|---|\n| {} |",
    "[^a]\n\n[^a]: {}",
)
_BREAKING = '{{< x "\\" onmouseover=hit() b=\\"" title="\\"><img src=//x.test/z onerror=hit()>" >}}'
_PARSERS = (
    '<noscript><p title="</noscript><img src=//x.test/x onerror=hit()>">',
    "<template><img src=//x.test/x onerror=hit()></template>",
    '<style><img title="</style><img src=//x.test/x onerror=hit()>"></style>',
    '<title><img title="</title><img src=//x.test/x onerror=hit()>">',
    '<textarea><img title="</textarea><img src=//x.test/x onerror=hit()>">',
    '<xmp><p title="</xmp><img src=//x.test/x onerror=hit()>">',
    '<iframe><img title="</iframe><img src=//x.test/x onerror=hit()>">',
    '<noembed><img title="</noembed><img src=//x.test/x onerror=hit()>">',
    "<plaintext><img src=//x.test/x onerror=hit()>",
    "<select><option><style></option></select><img src=//x.test/x onerror=hit()></style></select>",
    '<svg><style><img title="</style><img src=//x.test/x onerror=hit()>">',
    "<svg><script>hit()</script></svg>",
    '<svg><a xlink:href="javascript:hit()"><text>x</text></a></svg>',
    "<svg><animate onbegin=hit() attributeName=x dur=1s>",
    "<svg><foreignObject><img src=//x.test/x onerror=hit()></foreignObject></svg>",
    "<math><mtext><table><mglyph><style><img src=//x.test/x onerror=hit()></style></mglyph>"
    "</table></mtext>",
    '<math><annotation-xml encoding="text/html"><img src=//x.test/x onerror=hit()>'
    "</annotation-xml></math>",
    '<math href="javascript:hit()">x</math>',
    "<form><math><mtext></form><form><mglyph><style></math><img src onerror=hit()>",
    '<table><a href="javascript:hit()"><td>x</table>',
    "<p><b><table><img src=//x.test/x onerror=hit()></b></table>",
    "<![CDATA[<img src=//x.test/x onerror=hit()>]]>",
    "<!--><img src=//x.test/x onerror=hit()>-->",
    "<!-- --!><img src=//x.test/x onerror=hit()>",
    "<?php <img src=//x.test/x onerror=hit()> ?>",
    "<!DOCTYPE <img src=//x.test/x onerror=hit()>",
    "<<img src=//x.test/x onerror=hit()>",
    "<img src=//x.example/x\nonerror=hit()>",
    "<img/src=//x.example/x/onerror=hit()>",
    "<img src=`//x.example/x`onerror=hit()>",
    "<img src='//x.example/x' onerror='hit()'",
    '<a name=getElementById></a><a id=document></a><a name="x" onfocus=hit()>x</a>',
    '<base href="https://x.example/">',
    '<meta http-equiv=refresh content="0;url=javascript:hit()">',
    '<link rel=stylesheet href="data:text/css,*{color:red}">',
    '<object data="javascript:hit()"></object><embed src="javascript:hit()">',
    '<form action="javascript:hit()"><button>x</button></form>',
    '<button formaction="javascript:hit()">x</button>',
    "<input autofocus onfocus=hit()>",
    "<video src=//x.test/x onerror=hit()></video><audio src=//x.test/x onerror=hit()></audio>",
    '<video poster="javascript:hit()"></video>',
    "<details open ontoggle=hit()><summary>x</summary></details>",
    "<marquee onstart=hit()>x</marquee>",
    "<body onload=hit()>",
    '<div style="background:url(javascript:hit())">x</div>',
    '<p class="x" id="x" style="animation:x 1s" onanimationstart=hit()>x</p>',
    '<img srcset="x 1x, javascript:hit() 2x" onerror=hit()>',
    "<script>hit()</script>",
    "<SCRIPT/x>hit()</SCRIPT>",
    "<script\n>hit()</script\n>",
    "<scr<script>ipt>hit()</scr</script>ipt>",
    '<img data-src="x" src="data:," onerror=hit()>',
    "<img data-src='x\" onerror=\"hit()' src=''>",
    "<a name='x\" onfocus=\"hit()'>x</a>",
)
_MARKDOWN = (
    "*x*{onmouseover=hit()}",
    '# x {onclick=hit() id="x" }',
    'x\n{: onmouseover=hit() style="x" }',
    '[x](# "x\\" onmouseover=\\"hit()")',
    "[x]: javascript:hit()\n\n[x]",
    "[x]: # 'x\" onfocus=\"hit()'\n\n[x]",
    '![x" onerror="hit()](https://y.example/)',
    '*[HT]: x" onmouseover="hit()\n\nHT',
    '[^x" onclick="hit()]\n\n[^x" onclick="hit()]: note',
    '```x" onclick="hit()\n<img src=//x.test/x onerror=hit()>\n```',
    "``` { .x onclick=hit() }\ncode\n```",
    "`<img src=//x.test/x onerror=hit()>`",
    "| <img src=//x.test/x onerror=hit()> |\n|---|\n| <script>hit()</script> |",
    "term\n: <img src=//x.test/x onerror=hit()>",
    '<div markdown="1" onmouseover=hit()>\n*x*\n</div>',
    '<http://x.example/"onfocus=hit()>',
    "<javascript:hit()>",
    "\\<img src=//x.test/x onerror=hit()>",
    "&lt;img src=//x.test/x onerror=hit()&gt;",
    "&amp;lt;img src=//x.test/x onerror=hit()>",
)
_CALLS = (
    "{{< x >}}<img src=//x.test/x onerror=hit()>{{< /x >}}",
    '{{< pullquote "<img src=//x.test/x onerror=hit()>" >}}',
    '{{< figure src="javascript:hit()" alt="x\\" onerror=\\"hit()" >}}',
    '{{< youtube "x\\" onload=\\"hit()" >}}',
    '{{< embed "javascript:hit()" >}}',
    "{{< shown >}}<img src=//x.test/x onerror=hit()>[z](javascript:hit()){{< /shown >}}",
    '{{< shown title="<script>hit()</script>" >}}&#xE000;S0&#xE001;{{< /shown >}}',
    '[z]({{< ref "javascript:hit()" >}})',
    '[z]({{< x "\\" onfocus=hit()" >}})',
    '<a href="{{< x \'javascript:hit()\' >}}" title="{{< x \'\\" onfocus=hit()\' >}}">z</a>',
)
FRONT_VALUES = (
    "<img src=//x.test/x onerror=hit()>",
    "</script><script>hit()</script>",
    '" onmouseover="hit()',
    "' onfocus='hit()",
    "</title><script>hit()</script>",
    "]]><script>hit()</script>",
    "{{ 7 * 7 }}{% set x = 1 %}",
    "&lt;script&gt;hit()&lt;/script&gt;",
)


def texts() -> Iterator[str]:
    """Every text, each a Markdown block of its own."""
    for mark, place, number in product(_MARKS, _MARK_PLACES, ("0", "9")):
        yield f"{place.replace('{}', mark.format(number))} {_BREAKING}"
    for address in ADDRESSES:
        yield f"[x]({address})"
        yield f"[x](<{address}>)"
        yield f'<a href="{address}">x</a>'
        yield f"<a href='{address}' target=_blank>x</a>"
        yield f"![x]({address.strip()})" if "md" not in address and "news" not in address else "x"
        yield f'<video poster="{address}" src="{address}"></video>' if ":" in address else "x"
    for event in EVENTS:
        yield f"<b {event}=hit()>x</b>"
        yield f"<img src=//x.test/x {event}='hit()'>"
        yield f'<a href="#"{event}="hit()">x</a>'
        yield f"<p title='x'{event.upper()} = hit()>x</p>"
    yield from _PARSERS
    yield from _MARKDOWN
    yield from _CALLS
