"""The process that builds for the server."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from generator.errors import CHANGED_MEANWHILE, Problem
from generator.pipeline.report import Report
from generator.serve.builder import BuildResult
from tests.support.serving import REPOSITORY, SmallPortal

# The first build leaves the pages to workers, and the second makes them itself.
_TWO_BUILDS = """\
import sys
from pathlib import Path
from generator.pipeline.progress import Silent
from generator.serve.builder import BuildOrder, build, preload
from tests.support.serving import SmallPortal

root = Path(sys.argv[1])
order = BuildOrder(
    root=root,
    origin="http://127.0.0.1:8000",
    folder=root / ".broadsheet/serve-8000",
    drafts=False,
    now=None,
    jobs=2,
)
preload()
print(build(order, Silent()).report.outputs.written > 0)
before = set(sys.modules)
SmallPortal(root).publish("A bridge is closed")
print(build(order, Silent()).report.outputs.written > 0)
print(sorted(set(sys.modules) - before))
"""


def test_the_first_save_waits_for_no_module_to_be_loaded(tmp_path: Path) -> None:
    SmallPortal(tmp_path).publish("A bridge is opened")
    done = subprocess.run(
        [sys.executable, "-c", _TWO_BUILDS, str(tmp_path)],
        cwd=REPOSITORY,
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.stdout, done.stderr) == ("True\nTrue\n[]\n", "")


@pytest.mark.parametrize(
    ("messages", "overtaken"),
    [
        ([f"{CHANGED_MEANWHILE}, and nothing was published"], True),
        ([f"{CHANGED_MEANWHILE}, and nothing was published", "is wrong"], False),
        (["is wrong"], False),
        ([], False),
    ],
)
def test_a_build_is_overtaken_if_nothing_else_was_wrong(
    messages: list[str], overtaken: bool
) -> None:
    errors = tuple(Problem("templates/a.css", 0, 0, message) for message in messages)
    assert BuildResult(Report(), errors).is_overtaken is overtaken
