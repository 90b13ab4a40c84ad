"""Which types of file may be published beside articles, and under what media type.

The portal's origin is that of its readers' comments and accounts, so a file that a browser would
run there, or a web server, is as good as a script on every page. What isn't listed is refused: the
browser may guess that a type which it doesn't know is HTML
(https://mimesniff.spec.whatwg.org/#identifying-a-resource-with-an-unknown-mime-type).
"""

from __future__ import annotations

from collections.abc import Collection
from typing import Final

OCTETS: Final = "application/octet-stream"
SVG: Final = "image/svg+xml"
_OFFICE = "application/vnd.openxmlformats-officedocument"
_OPEN = "application/vnd.oasis.opendocument"

RASTERS: Final = {
    "jpg": "image/jpeg",
    "jpeg": "image/jpeg",
    "png": "image/png",
    "apng": "image/apng",
    "gif": "image/gif",
    "webp": "image/webp",
    "avif": "image/avif",
    "bmp": "image/bmp",
}
_TEXTS: Final = {
    "txt": "text/plain",
    "csv": "text/csv",
    "tsv": "text/tab-separated-values",
    "json": "application/json",
    "geojson": "application/geo+json",
    "vtt": "text/vtt",
    "srt": "application/x-subrip",
    "ics": "text/calendar",
    "vcf": "text/vcard",
}
TYPES: Final = {
    **RASTERS,
    **_TEXTS,
    "svg": SVG,
    "mp3": "audio/mpeg",
    "m4a": "audio/mp4",
    "aac": "audio/aac",
    "oga": "audio/ogg",
    "ogg": "audio/ogg",
    "opus": "audio/ogg",
    "flac": "audio/flac",
    "wav": "audio/wav",
    "weba": "audio/webm",
    "mp4": "video/mp4",
    "m4v": "video/mp4",
    "mov": "video/quicktime",
    "ogv": "video/ogg",
    "webm": "video/webm",
    "pdf": "application/pdf",
    "epub": "application/epub+zip",
    "rtf": "application/rtf",
    "doc": "application/msword",
    "docx": f"{_OFFICE}.wordprocessingml.document",
    "xls": "application/vnd.ms-excel",
    "xlsx": f"{_OFFICE}.spreadsheetml.sheet",
    "ppt": "application/vnd.ms-powerpoint",
    "pptx": f"{_OFFICE}.presentationml.presentation",
    "odt": f"{_OPEN}.text",
    "ods": f"{_OPEN}.spreadsheet",
    "odp": f"{_OPEN}.presentation",
    "zip": "application/zip",
    "gz": "application/gzip",
    "tgz": "application/gzip",
    "bz2": "application/x-bzip2",
    "xz": "application/x-xz",
    "tar": "application/x-tar",
    "7z": "application/x-7z-compressed",
}
# What browsers or web servers run, or take as settings. As an inner part of a name, too: Apache
# looks at each of them (https://httpd.apache.org/docs/2.4/mod/mod_mime.html#multipleext).
ACTIVE: Final = frozenset(
    "html htm xhtml xht shtml shtm stm xml xsl xslt svg svgz mht mhtml mathml mml rdf rss atom "
    "js mjs cjs wasm swf htc hta manifest appcache php php3 php4 php5 php7 php8 phtml phar pht "
    "phps cgi fcgi pl py rb sh asp aspx ashx asmx jsp jspx cfm cfml htaccess htpasswd config "
    "ini".split()
)
_BLANKS = b"\xef\xbb\xbf\xff\xfe\0 \t\r\n\f"


def media_type(path: str) -> str:
    """Return the media type of a file, by its name: the same on every machine."""
    return TYPES.get(_extension(path), OCTETS)


def refusal(path: str, head: bytes, more: Collection[str]) -> str:
    """Why a file can't be published, or nothing; `more` are types that the portal allows.

    `head` is how it begins. An unfinished sentence, as in "'x.html' is …".
    """
    name = path.rpartition("/")[2]
    extension = _extension(path)
    inner = [part for part in name.lower().split(".")[1:-1] if part in ACTIVE]
    if inner:
        return f"has '.{inner[0]}' in its name, which some web servers would run"
    if extension in ACTIVE and extension in TYPES:
        return ""
    if extension not in TYPES and extension not in more:
        shown = f"of the type '.{extension}'" if extension else "of no type"
        runs = "a browser may run it as part of this site" if extension in ACTIVE else ""
        return f"is {shown}, which is not published" + (f": {runs}" if runs else "")
    if extension not in _TEXTS and head.lstrip(_BLANKS)[:1] == b"<":
        return f"is HTML or XML inside, whatever its name says, and no '.{extension}'"
    return ""


def _extension(path: str) -> str:
    stem, _, extension = path.rpartition("/")[2].rpartition(".")
    return extension.lower() if stem else ""
