"""What every test may ask for, and the rule that a build machine leaves no test out."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest
from hypothesis import settings

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytest_plugins = ["tests.support.fixtures", "tests.support.dialects"]

CI = bool(os.environ.get("CI"))
# A sandbox of its own needs rights that a container lacks; the rest keeps Chromium off the network.
CHROMIUM_ARGUMENTS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)

# A loaded machine is slow without being wrong, and a build machine must find the same each time.
settings.register_profile("broadsheet", deadline=None, derandomize=CI)
settings.load_profile("broadsheet")


def chromium_path() -> str | None:
    """The Chromium that browser tests drive: the one named in the environment, or the system's."""
    named = os.environ.get("BROADSHEET_CHROMIUM")
    names = [named] if named else ["chromium", "chromium-browser", "google-chrome"]
    return next((path for name in names if (path := shutil.which(name))), None)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Leaves browser tests out, by name, where there is no Chromium."""
    if chromium_path() is None:
        for item in items:
            if item.get_closest_marker("browser"):
                item.add_marker(pytest.mark.skip(reason=f"{item.name} needs Chromium"))


def pytest_sessionfinish(session: pytest.Session) -> None:
    """On a build machine a test that was left out is a failure."""
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    if CI and reporter and (left_out := reporter.stats.get("skipped")):
        reporter.write_line(f"\n{len(left_out)} skipped, and with CI set none may be", red=True)
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """The system's Chromium, headless, with a profile that is thrown away.

    No longer than for one module, because Playwright's event loop runs as long as it is in use.
    """
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(
            executable_path=chromium_path(), args=list(CHROMIUM_ARGUMENTS)
        )
        yield chromium
        chromium.close()


@pytest.fixture
def tab(browser: Browser) -> Iterator[Page]:
    """A tab with no cookies or cache of another test's."""
    context = browser.new_context()
    yield context.new_page()
    context.close()
