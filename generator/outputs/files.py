"""Files that are not pages: the theme's assets, published media, and static files."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from generator.index.catalogue import PublishedFile
from generator.media.publication import rules_of
from generator.model.output import ASSETS_SCOPE, FileCopy, Output, Scope, Turn
from generator.model.paths import MEDIA, STATIC, media_path
from generator.outputs.kind import OutputKind, PlanContext
from generator.render.renderer import Renderer


@dataclass(frozen=True, slots=True)
class AssetParams:
    """A file of the theme's assets."""

    name: str


@dataclass(frozen=True, slots=True)
class CopyParams:
    """A file of the portal's own, by the digest of its bytes in hexadecimal.

    `rules` names what is left out of the copy.
    """

    source: str
    fingerprint: str
    rules: str


def plan_assets(context: PlanContext, scope: Scope | None) -> Iterator[Output]:
    """Propose every asset of the theme, under the name with its hash."""
    for name in context.theme.asset_names():
        asset = context.theme.asset(name)
        if asset:
            path = f"assets/{asset.path}"
            yield Output(path, ASSET.name, ASSETS_SCOPE, AssetParams(name), f"the asset {name}")


def render_asset(params: AssetParams, renderer: Renderer) -> bytes:
    """Return the bytes of an asset, with hashed names in style sheets."""
    asset = renderer.theme.asset(params.name)
    if asset is None:
        raise LookupError(f"no asset {params.name}")
    return asset.content


def plan_media(context: PlanContext, scope: Scope | None) -> Iterator[Output]:
    """Propose the files that published pages show or link to; embargoed ones are not among them."""
    only = scope and scope.key
    wanted = {file.path: file for file in context.catalogue.media(only)}
    logo = f"{MEDIA}/{context.site.publisher.logo}"
    file = context.catalogue.file(logo) if only in (None, logo) else None
    if context.site.publisher.logo and file:
        wanted[logo] = file
    for each in wanted.values():
        yield _copy(context, each, MEDIA_FILE.name, "media", media_path(each.path)[1:])


def plan_static(context: PlanContext, scope: Scope | None) -> Iterator[Output]:
    """Propose everything in content/static/, at the root of the site."""
    for each in context.catalogue.static(scope and scope.key):
        yield _copy(context, each, STATIC_FILE.name, "static", each.path.removeprefix(f"{STATIC}/"))


def _copy(context: PlanContext, file: PublishedFile, kind: str, part: str, path: str) -> Output:
    rules = rules_of(file.path, trusted=context.site.markdown.trusted_html)
    params = CopyParams(file.path, file.fingerprint, rules)
    return Output(path, kind, Scope(part, file.path), params, file.path)


def render_copy(params: CopyParams, renderer: Renderer) -> FileCopy:
    """Return the copy of a file, of which some parts may be left out."""
    return FileCopy(params.source, bytes.fromhex(params.fingerprint))


ASSET = OutputKind("asset", ("assets",), plan_assets, AssetParams, render_asset, Turn.RESOURCE)
MEDIA_FILE = OutputKind("media", ("media",), plan_media, CopyParams, render_copy, Turn.RESOURCE)
STATIC_FILE = OutputKind("static", ("static",), plan_static, CopyParams, render_copy, Turn.RESOURCE)
