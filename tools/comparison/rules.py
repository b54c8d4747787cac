"""Determines the kind of each file of a build, and removes from it what may differ between two versions of the program.

Knows what depends on our own scripts and styles in other files (tags, digests, sizes, the version), and that comments in
mkdocs.yml do not count. All other bytes count. Leaves opening containers to `contents` and comparing to `differences`.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from tools.comparison.contents import INSIDE, Items

DOCS, DATA, TEXT, INSPECT, TYPST = "docs/**/*.md", "data files", "source and plain text", "inspect", "typst input"
PICTURES, PDF, EPUB, PAGES = "pictures (PNG)", "PDF", "EPUB text", "pages (HTML)"
ADDRESSES, INDEX, OTHER, NAMES = "script and style addresses", "search index", "other files", "names of files"
SCRIPTS, TEMPLATES = "own scripts and styles", "typst templates, tokens"
KINDS = (DOCS, DATA, TEXT, INSPECT, TYPST, PICTURES, PDF, EPUB, PAGES, ADDRESSES, INDEX, OTHER, NAMES)
FREE = (SCRIPTS, TEMPLATES)
"""Kinds of files whose contents may differ: such differences are counted and reported, but do not fail the comparison."""

_SCRIPT = re.compile(r"<script\b([^>]*)>(.*?)</script>", re.DOTALL | re.IGNORECASE)
_STYLE = re.compile(r"<style\b[^>]*>.*?</style>", re.DOTALL | re.IGNORECASE)
_SHEET = re.compile(r"<link\b[^>]*\brel=\"?stylesheet\"?[^>]*>", re.IGNORECASE)
_ADDRESS = re.compile(r"\b(?:src|href)=\"?([^\"\s>]*)", re.IGNORECASE)
_DATA_SCRIPT = re.compile(r"\btype=\"?application/(?:ld\+)?json", re.IGNORECASE)
_CODE = re.compile(r"\b(data-(?:code|index|lit|needs-code))=\"([^\"]*)\"")
_THEME = "assets/stylesheets/"
_SUMS = re.compile(r"(?:'sha256-[A-Za-z0-9+/=]+'\s*)+")
_HEX = re.compile(r"\b(?:[0-9a-f]{128}|[0-9a-f]{64})\b")
_INDEX = re.compile(r"globalThis\.workreportIndex(?:\.got\.(\w+))?=(.*);\s*$", re.DOTALL)
_COMMENT = re.compile(r"^ *#.*\n|  *#.*$", re.MULTILINE)
_SIZES = (
    (re.compile(r"(<span class=\"size\">[^<]*，)[\d.]+ [KM]B"), r"\1{size}"),
    (re.compile(r"^(\[\"[^\"]*\", )\d+(, \"[^\"]*\"\],?)$", re.MULTILINE), r"\1{size}\2"),
    (re.compile(r"(\"(?:contentSize|bytes|length|offset)\": )\"?\d+\"?"), r"\1{size}"),
    (re.compile(r"^(Bag-Size: ).*$", re.MULTILINE), r"\1{size}"),
    (re.compile(r"^(Payload-Oxum: )\d+", re.MULTILINE), r"\1{size}"),
)


@dataclass(frozen=True, slots=True)
class Known:
    """One side's program version, and a dict from digest (SHA-256 and SHA-512, lower-case hex) to the path of its file."""

    version: str
    digests: Mapping[str, str] = field(default_factory=dict)


def known(items: Items, version: str) -> Known:
    """Return the version with the digests of all files of a project. Of files with equal bytes, the first path counts.

    >>> known({"b": b"1", "a": b"1"}, "0.1.0").digests[hashlib.sha256(b"1").hexdigest()]
    'a'
    """
    names: dict[str, str] = {}
    seen: dict[int, tuple[str, str]] = {}
    for name, data in sorted(items.items()):
        if id(data) not in seen:
            seen[id(data)] = (hashlib.sha256(data).hexdigest(), hashlib.sha512(data).hexdigest())
        for digest in seen[id(data)]:
            names.setdefault(digest, name)
    return Known(version, names)


def kind(path: str) -> str:
    """Return the kind of a file by its path.

    >>> kind("archive/a-bag.zip!/a-bag/data/docs/index.md") == DOCS, kind("site/a/data/indicators.csv") == DATA
    (True, True)
    >>> kind("site/assets/search.js") == SCRIPTS, kind("site/assets/search-index/k2.js") == INDEX
    (True, True)
    """
    last = path.rpartition("/")[2]
    if path.startswith(("typst/", "inspect/")):
        return TYPST if path.startswith("typst/") else INSPECT
    if f".epub{INSIDE}" in path:
        return SCRIPTS if last.endswith(".css") else EPUB
    if last.endswith(".js") and "/search-index" in path:
        return INDEX
    if last.endswith((".js", ".css")) and not path.endswith("verify/list.js"):
        return OTHER if _THEME in path else SCRIPTS
    if re.search(r"(?:^|/)data/(?:indicators|datapackage)[^/]*$", path):
        return DATA
    if re.search(r"(?:^|/)docs/.*\.md$", path):
        return DOCS
    if re.search(r"(?:^|/)(?:download|text|reports/[^/]+)/[^/]*\.(?:txt|md)$", path):
        return TEXT
    return {"html": PAGES, "png": PICTURES, "pdf": PDF}.get(last.rpartition(".")[2], OTHER)


def addresses(page: str) -> str:
    """Return the addresses of the scripts and styles that a page loads, one per line in page order.

    >>> addresses('<link rel="stylesheet" href="a.css"><script src="b.js" defer></script><script>1</script>')
    'a.css\\nb.js'
    """
    found = [(m.start(), a[1]) for m in _SHEET.finditer(page) if (a := _ADDRESS.search(m[0]))]
    found += [(m.start(), a[1]) for m in _SCRIPT.finditer(page) if (a := _ADDRESS.search(m[1]))]
    found += [(m.start(), f"{m[1]} {m[2]}") for m in _CODE.finditer(page)]
    return "\n".join(address for _, address in sorted(found))


def page(text: str, side: Known) -> str:
    """Return a page without our own scripts and styles, their tags, digests, sizes and the version.

    >>> page('<p>1</p><script src="a.js"></script><p>2</p>', Known("0.1.0"))
    '<p>1</p>\\n<p>2</p>'
    >>> page('<script type="application/ld+json">{}</script>', Known("0.1.0"))
    '<script type="application/ld+json">{}</script>'
    """
    text = _SCRIPT.sub(lambda m: m[0] if _DATA_SCRIPT.search(m[1]) else "\0", text)
    text = _STYLE.sub("\0", text)
    text = _SHEET.sub(lambda m: m[0] if _THEME in m[0] else "\0", text)
    text = re.sub(r"\s*\0[\s\0]*", "\n", text)
    return other(_SUMS.sub("{hashes} ", text), side)


def other(text: str, side: Known) -> str:
    """Return a text with placeholders for sizes and the version, and with each digest replaced by the name of its file.

    >>> other("workreport 0.1.0", Known("0.1.0"))
    'workreport {version}'
    """
    for pattern, put in _SIZES:
        text = pattern.sub(put, text)
    text = _HEX.sub(lambda m: f"{{digest of {side.digests[m[0]]}}}" if m[0] in side.digests else m[0], text)
    return re.sub(rf"(?<![\d.]){re.escape(side.version)}(?![\d.])", "{version}", text) if side.version else text


def cut(path: str, data: bytes, side: Known) -> bytes:
    """Return the bytes of a file that are compared.

    From a page, `page` removes what may differ, and from a file of no special kind, `other` does; comments of YAML files
    are removed. Of any other kind, all bytes count.

    >>> cut("mkdocs.yml", b"# by hand\\ntheme:\\n  font: false # none", Known("0.1.0"))
    b'theme:\\n  font: false'
    """
    which = kind(path)
    if which not in (PAGES, OTHER):
        return data
    try:
        text = data.decode()
    except UnicodeDecodeError:
        return data
    if path.endswith(".yml"):
        text = _COMMENT.sub("", text)
    return (page(text, side) if which == PAGES else other(text, side)).encode()


def derived(items: Items) -> Iterator[tuple[str, str, bytes]]:
    """Yield (kind, path, content) of what is compared besides the files: the addresses in each page, and search indexes.

    The index files below one folder are joined into one index. The single-file site has its index in a script of the page.
    """
    indexes: dict[str, list[str]] = {}
    for path, data in items.items():
        if kind(path) == PAGES:
            text = data.decode(errors="replace")
            yield ADDRESSES, path, addresses(text).encode()
            for found in _SCRIPT.finditer(text):
                if found[2].startswith("globalThis.workreportIndex"):
                    indexes[path] = [found[2]]
        elif kind(path) == INDEX:
            indexes.setdefault(path.partition("/search-index")[0] + "/search-index*.js", []).append(data.decode())
    for path, scripts in indexes.items():
        yield INDEX, path, index(scripts).encode()


def index(scripts: list[str]) -> str:
    """Return the scripts of a search index as one JSON document, indented for a readable diff.

    ValueError for a script that is no search index.

    >>> print(index(['globalThis.workreportIndex={"got":{}};', "globalThis.workreportIndex.got.s0=[1];"]))
    {
     "got": {
      "s0": [
       1
      ]
     }
    }
    """
    head: dict[str, object] = {}
    got: dict[str, object] = {}
    for text in scripts:
        found = _INDEX.match(text.strip())
        if not found:
            raise ValueError(f"this script is not a search index: {text[:60]}")
        if found[1]:
            got[found[1]] = json.loads(found[2])
        else:
            head = json.loads(found[2])
    whole = {**head, "got": dict(sorted(got.items()))} if got else head
    return json.dumps(whole, ensure_ascii=False, indent=1)
