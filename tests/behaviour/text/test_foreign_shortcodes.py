"""Shortcodes as another generator's archive has them: unknown, malformed, inside addresses."""

from __future__ import annotations

import pytest

from tests.support.pages import text_of
from tests.support.portal import Portal, story

# Each kind that the archives of newsrooms on Hugo were found to have, in words of our own.
KINDS = (
    '{{<picture src="2020/a.jpg" width-ratio="4"height-ratio="3" caption="A bridge" credit="">}}',
    '{{<picture src="2020/b.jpg" description="The "old" bridge" caption="" credit="A / B">}}',
    '{{< audio label="Listen to the story"open="true" >}}',
    '{{<embed/raw srcdoc="&lt;b&gt;x&lt;/b&gt;&#10;">}}',
    "{{<featured/pullquote>}}Said *once*.{{</featured/pullquote>}}",
    "{{<featured/related-stories>}}",
    "{{% notice warning %}}\nMind **the** gap.\n{{% /notice %}}",
    '{{< figure-group\n  src-fg=`a "b"`\n  title="Left: one;\n  right: two"\n>}}',
    "{{<toc>}}\n\n## Contents\n\n{{</toc>}}",
    '{{< highlight go "linenos=table,hl_lines=8 15-17" >}}\nx := 1\n{{< / highlight >}}',
    "{{< tweet user=“a” id=1 >}}",
    '{{< gallery match="images/1/*.png" />}}',
    "{{< /stray >}}",
    '{{< broken label="x >}}',
    "{{< param a.b >}} and {{< bs/alert >}}inside{{< /bs/alert >}}",
    '[a link]({{< unheard "of" >}})',
    '<a href="{{< unheard "of" >}}">another</a>',
)


def words(portal: Portal, path: str) -> str:
    return text_of(portal.page(path).only(".//div[@class='text']"))


def links(portal: Portal, path: str) -> list[str]:
    """Where the links of a story's own text lead."""
    [text] = portal.page(path).all(".//div[@class='text']")
    return [link.get("href", "") for link in text.findall(".//a")]


@pytest.fixture
def imported(portal: Portal) -> Portal:
    """A portal with each kind in a story of its own, and of one kind many."""
    portal.stories(
        *(story(number, body=f"Lead.\n\n{text}\n\nEnd.") for number, text in enumerate(KINDS, 1)),
        *(story(number, body='Lead.\n\n{{< audio "x"y >}}') for number in range(101, 111)),
    )
    return portal


@pytest.mark.parametrize("unknown", ["text", "drop"])
def test_an_archive_from_elsewhere_builds(imported: Portal, unknown: str) -> None:
    imported.settings(f'[markdown]\nunknown_shortcodes = "{unknown}"\n')

    done = imported.build()

    lines = done.stderr.splitlines()
    assert done.code == 0
    assert all(": warning: " in line for line in lines)
    named = [line for line in lines if "unknown shortcode 'audio'" in line]
    assert len(named) == 1
    assert named[0].startswith("content/articles/101.md:9:1: warning: ")
    assert "it is called 11 times" in named[0]
    for number in range(1, len(KINDS) + 1):
        text = words(imported, f"/world/{number}/story-{number}/")
        assert "End." in text
    assert "Said once." in words(imported, "/world/5/story-5/")
    assert imported.says('href=""') == []


def test_dropped_calls_leave_nothing_and_printed_ones_all_that_was_written(
    imported: Portal,
) -> None:
    imported.settings('[markdown]\nunknown_shortcodes = "drop"\n')
    assert imported.build().code == 0
    assert "old" not in words(imported, "/world/2/story-2/")
    assert imported.says("stray") == []

    imported.settings('[markdown]\nunknown_shortcodes = "text"\n')
    assert imported.build().code == 0
    assert KINDS[1] in words(imported, "/world/2/story-2/")
    assert "{{< /stray >}}" in words(imported, "/world/13/story-13/")


def test_a_call_without_an_end_is_printed_with_a_warning_of_its_place(portal: Portal) -> None:
    portal.stories(story(1, body='One\n\ntwo {{< figure src="a.jpg" three.\n'))
    for unknown in ("text", "drop"):
        portal.settings(f'[markdown]\nunknown_shortcodes = "{unknown}"\n')
        done = portal.build()
        assert done.code == 0
        assert done.stderr.startswith(
            "content/articles/1.md:9:5: warning: a shortcode call that does not end"
        )
        assert 'two {{< figure src="a.jpg" three.' in words(portal, "/world/1/story-1/")


@pytest.mark.parametrize("unknown", ["error", "text", "drop"])
def test_a_call_of_a_known_shortcode_that_can_not_be_read_is_an_error(
    portal: Portal, unknown: str
) -> None:
    portal.settings(f'[markdown]\nunknown_shortcodes = "{unknown}"\n')
    portal.stories(story(1, body="One.\n\n{{< pullquote “two” >}}"))
    done = portal.build()
    assert done.code == 1
    assert done.error.startswith(
        "content/articles/1.md:9:15: error: a curly quote in a shortcode call"
    )


def test_a_call_that_can_not_be_read_is_an_error_once_the_theme_knows_its_name(
    portal: Portal,
) -> None:
    portal.settings('[markdown]\nunknown_shortcodes = "drop"\n')
    portal.stories(story(1, body="One {{< /audio >}}."), story(2, body="{{< audio “x” >}}"))
    assert portal.build().code == 0
    portal.write({"templates/shortcodes/audio.html": "A recording."})
    done = portal.build()
    assert done.code == 1
    assert [line.split(": error: ")[0] for line in done.errors] == [
        "content/articles/1.md:7:5",
        "content/articles/2.md:7:11",
    ]
    portal.stories(story(1, body="One {{< audio >}}."), story(2, body='{{< audio "x"y=z >}}'))
    portal.built()
    assert "One A recording." in words(portal, "/world/1/story-1/")


def test_a_shortcode_in_a_folder_is_not_that_of_the_same_name_outside(portal: Portal) -> None:
    portal.settings('[markdown]\nunknown_shortcodes = "drop"\n')
    portal.write({"templates/shortcodes/in/box.html": "Box of a folder."})
    portal.stories(story(1, body="{{< in/box >}}"), story(2, body="{{< of/embed code=1 >}}"))
    done = portal.build()
    assert done.code == 0
    assert done.stderr.count("warning") == done.stderr.count("unknown shortcode 'of/embed'") == 1
    assert "Box of a folder." in words(portal, "/world/1/story-1/")


def test_only_the_unknown_names_that_are_called_most_are_listed(portal: Portal) -> None:
    portal.settings('[markdown]\nunknown_shortcodes = "drop"\n')
    calls = " ".join(f"{{{{< a{number} >}}}}" for number in range(80))
    portal.stories(story(1, body=f"{calls} {{{{< a79 >}}}}"))
    lines = portal.build().stderr.splitlines()
    assert len(lines) == 51
    assert sum("'a79'" in line for line in lines) == 1
    assert sum("30 more unknown shortcodes are not listed" in line for line in lines) == 1


class TestRef:
    @pytest.mark.parametrize(
        "written",
        [
            '[x]({{< ref "../b/o.md" >}})',
            "[x]({{< relref `../b/o` >}})",
            '[x]({{% ref "/b/o.md" %}})',
            '[x]({{< ref path="b/o" >}})',
            '[x]({{< ref "/content/articles/b/o.md" >}})',
            '[x]({{< ref "o.md" >}})',
            '[x]({{< ref "o" >}} "Title")',
            '[x]({{< ref "old-section/o.md" >}})',
            '[x]: {{< ref "o.md" >}}\n\n[x]',
            "<a href='{{< ref \"o.md\" >}}'>x</a>",
            'See {{< ref "o.md" >}}.',
        ],
    )
    def test_ref_leads_to_the_article(self, portal: Portal, written: str) -> None:
        portal.write(
            {
                "content/articles/a/1.md": story(1, body=written),
                "content/articles/b/o.md": story(2),
            }
        )
        portal.built()
        assert "/world/2/story-2/" in links(portal, "/world/1/story-1/")

    def test_ref_keeps_its_fragment(self, portal: Portal) -> None:
        portal.write(
            {
                "content/articles/1.md": story(
                    1, body='[x]({{< ref "o.md#one" >}}) [y]({{< ref "o.md" >}}#two)'
                ),
                "content/pages/o.md": "---\ntitle: Other\n---\n",
            }
        )
        portal.built()
        text = portal.text("world/1/story-1/index.html")
        assert 'href="/o/#one"' in text
        assert 'href="/o/#two"' in text

    def test_ref_to_a_folder_leads_to_its_index(self, portal: Portal) -> None:
        portal.write(
            {
                "content/articles/1.md": story(
                    1, body='[x]({{< ref "/b/o" >}}) [y]({{< ref "o" >}})'
                ),
                "content/articles/b/o/index.md": story(2),
            }
        )
        portal.built()
        assert links(portal, "/world/1/story-1/").count("/world/2/story-2/") == 2

    @pytest.mark.parametrize("unknown", ["error", "text", "drop"])
    def test_ref_to_nothing_is_an_error_with_its_place(self, portal: Portal, unknown: str) -> None:
        portal.settings(f'[markdown]\nunknown_shortcodes = "{unknown}"\n')
        portal.stories(story(1, body='One\n[x]({{< ref "reports.md" >}})'), story("report"))
        assert portal.build().error == (
            "content/articles/1.md:8:5: error: 'reports.md' leads to no article or page "
            "(did you mean 'report.md'?)"
        )

    def test_ref_that_may_be_two_is_an_error(self, portal: Portal) -> None:
        portal.write(
            {
                "content/articles/1.md": story(1, body='[x]({{< ref "o.md" >}})'),
                "content/articles/a/o.md": story(2),
            }
        )
        portal.built()
        portal.write({"content/articles/b/o.md": story(3)})
        error = portal.build().error
        assert error.startswith(
            "content/articles/1.md:7:5: error: 'o.md' may be content/articles/a"
        )

    def test_ref_follows_its_article(self, portal: Portal) -> None:
        portal.stories(story(1, body='A [x]({{< ref "o.md" >}}) b.'))
        page = "/world/1/story-1/"
        portal.write({"content/articles/a/o.md": story(2, "draft: true")})
        portal.built()
        assert "A x b." in words(portal, page)
        portal.write({"content/articles/a/o.md": story(2)})
        portal.built()
        assert "/world/2/story-2/" in links(portal, page)
        portal.remove("content/articles/a/o.md")
        portal.write({"content/articles/b/o.md": story(2)})
        portal.built()
        assert links(portal, page) == ["/world/2/story-2/"]
        assert portal.tree() == portal.clean_tree()
        portal.write({"content/articles/o.md": story(3)})
        portal.built()
        assert "/world/3/story-3/" in links(portal, page)
        assert portal.tree() == portal.clean_tree()
