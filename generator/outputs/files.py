"""Files that are not pages: the theme's assets, published media, and static files."""

from __future__ import annotations

from collections.abc import Iterator

from generator.model.output import FileCopy, Output
from generator.model.places import MEDIA, STATIC, media_path
from generator.outputs.kind import OutputKind, Portal
from generator.render.renderer import Renderer


def plan_assets(portal: Portal) -> Iterator[Output]:
    """Every asset of the theme, under the name that its bytes give it."""
    for name in portal.theme.asset_names():
        asset = portal.theme.asset(name)
        if asset:
            yield Output(f"assets/{asset.path}", ASSET.name, {"name": name}, f"the asset {name}")


def render_asset(output: Output, renderer: Renderer) -> bytes:
    """An asset's bytes, with hashed names in its style sheets."""
    asset = renderer.theme.asset(output.params["name"])
    if asset is None:
        raise LookupError(f"no asset {output.params['name']}")
    return asset.content


def plan_media(portal: Portal) -> Iterator[Output]:
    """Files that something published shows or links to; nothing under embargo is among them."""
    wanted = dict.fromkeys(portal.catalogue.media())
    if portal.site.publisher.logo:
        wanted[f"{MEDIA}/{portal.site.publisher.logo}"] = None
    for source in wanted:
        yield Output(media_path(source)[1:], MEDIA_FILE.name, {"source": source}, source)


def plan_static(portal: Portal) -> Iterator[Output]:
    """Everything in content/static/, at the root of the site."""
    for source in portal.catalogue.static():
        path = source.removeprefix(f"{STATIC}/")
        yield Output(path, STATIC_FILE.name, {"source": source}, source)


def render_copy(output: Output, renderer: Renderer) -> FileCopy:
    """The file as it is."""
    return FileCopy(output.params["source"])


ASSET = OutputKind("asset", plan_assets, render_asset)
MEDIA_FILE = OutputKind("media", plan_media, render_copy)
STATIC_FILE = OutputKind("static", plan_static, render_copy)
