"""The built documentation: links resolve, and pages fit their window without script errors.

Would catch a page that is wider than its window, a formula or table on it that has to be scrolled
sideways, folded parts included, a formula that is set flat, and a page that fetches something.

It looks at the pages in the folder that the variable NASHGAP_PAGES names, where .ci/run has built
them: `NASHGAP_PAGES=docs/_build/html pytest tests/test_pages.py`.
"""

import functools
import http.server
import json
import os
import re
import shutil
import subprocess
import threading
from collections.abc import Iterator
from html import unescape
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from urllib.parse import quote, unquote, urlsplit

import pytest

from nashgap.theory.rows import PAPER

PAGES = Path(os.environ.get("NASHGAP_PAGES", "no-pages-were-built"))
CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "chrome"))), None)
pytestmark = pytest.mark.skipif(not PAGES.is_dir(), reason="NASHGAP_PAGES names no folder")
WIDTHS = (1000, 400)
AT_ONCE = 40
"""Pages that one browser holds open."""

_MEASURE = """
<script>
onload = () => {
  const found = {};
  for (const frame of document.querySelectorAll("iframe")) {
    const page = frame.contentDocument, root = page.documentElement;
    for (const folded of page.querySelectorAll("details")) folded.open = true;
    const style = e => frame.contentWindow.getComputedStyle(e).overflowX;
    const scrolls = e => ["auto", "scroll"].includes(style(e));
    found[frame.id] = {
      sideways: [...page.querySelectorAll("article *")]
        .filter(e => e.clientWidth && e.scrollWidth > e.clientWidth + 1 && scrolls(e))
        .map(e => e.tagName + " " + e.textContent.trim().slice(0, 40)),
      width: root.clientWidth, needs: root.scrollWidth, letters: page.body.innerText.length,
      pictures: page.querySelectorAll(".nashgap svg").length,
      flat: [...page.querySelectorAll("article math")]
        .filter(m => m.getClientRects().length && m.getBoundingClientRect().height < 4).length,
    };
  }
  document.body.innerHTML = "<pre>" + JSON.stringify(found) + "</pre>";
};
</script>
"""


class _Links(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.links: list[str] = []
        self.anchors: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        for key, value in attrs:
            if key in ("href", "src") and value and tag != "link":
                self.links.append(value)
            if key in ("id", "name") and value:
                self.anchors.add(value)


@functools.cache
def read(page: Path) -> _Links:
    found = _Links()
    found.feed(page.read_text(encoding="utf-8"))
    return found


def has_anchor(target: Path, name: str) -> bool:
    return not name or target.suffix != ".html" or name in read(target).anchors


def pages() -> list[Path]:
    return [p for p in sorted(PAGES.rglob("*.html")) if "_static" not in p.parts]


def test_every_internal_link_resolves() -> None:
    broken = []
    for page in pages():
        for link in read(page).links:
            parts = urlsplit(link)
            if parts.scheme or parts.netloc:
                continue
            target = (page.parent / unquote(parts.path)).resolve() if parts.path else page
            if not target.is_file() or not has_anchor(target, unquote(parts.fragment)):
                broken.append(f"{page.relative_to(PAGES)} -> {link}")
    assert broken == []


def test_nothing_is_fetched_from_elsewhere() -> None:
    for page in pages():
        text = page.read_text(encoding="utf-8")
        outside = re.findall(
            r"<(?:script|img|link|iframe)[^>]+(?:src|href)=\"https?://[^\"]+", text
        )
        assert outside == [], page


def test_each_result_of_the_paper_is_found_by_its_label() -> None:
    page = PAGES / "generated" / "verdicts.html"
    indexed = (PAGES / "genindex.html").read_text(encoding="utf-8")
    searched = (PAGES / "searchindex.js").read_text(encoding="utf-8").lower()
    for row in PAPER:
        words = "".join(c if c.isalnum() else " " for c in row.label.lower()).split()
        assert "-".join(words) in read(page).anchors
        assert f">{row.label}</a>" in indexed
        assert f'"{row.label.lower()}"' in searched


@pytest.mark.skipif(CHROMIUM is None, reason="chromium is not installed")
@pytest.mark.parametrize("label", ["Lemma 3", "Definition 6"])
def test_searching_a_label_from_disk_finds_its_statement_first(label: str, tmp_path: Path) -> None:
    address = f"{(PAGES / 'search.html').resolve().as_uri()}?q={quote(label)}"
    command = [
        str(CHROMIUM), "--headless", "--no-sandbox", "--disable-gpu", "--enable-logging=stderr",
        f"--user-data-dir={tmp_path / 'profile'}", "--virtual-time-budget=8000", "--dump-dom",
        address,
    ]  # fmt: skip
    done = subprocess.run(command, capture_output=True, text=True, check=True, timeout=60)
    results = re.search(r'<ul[^>]* class="search".*?</ul>', done.stdout, re.DOTALL)
    assert results is not None
    first = re.findall(r'<a href="([^"]+)"', results[0])[0]
    assert re.search(rf"verdicts\.html(\?[^#]*)?#{label.lower().replace(' ', '-')}$", first)
    console = [line for line in done.stderr.splitlines() if "CONSOLE" in line]
    assert [line for line in console if '"[PST]' not in line] == []


def test_figures_and_outputs_of_notebooks_are_there() -> None:
    curves = (PAGES / "generated" / "curves.html").read_text(encoding="utf-8")
    assert len(re.findall(r"<figure[^>]*>", curves)) >= 10
    assert curves.count("<figcaption>") == len(re.findall(r"<figure[^>]*>", curves))
    assert len(re.findall(r"nashgap [a-z]+ .*?-o [\w-]+\.svg", re.sub("<[^>]*>", "", curves))) >= 10
    for page in (PAGES / "generated" / "notebooks").glob("*.html"):
        assert page.read_text(encoding="utf-8").count('class="cell_output') >= 3, page
    atlas = (PAGES / "generated" / "atlas.html").read_text(encoding="utf-8")
    assert atlas.count("<tr") > 50
    assert (PAGES / "generated" / "atlas-games.html").read_text().count("<svg") > 30


@pytest.fixture
def served(tmp_path: Path) -> Iterator[tuple[str, Path]]:
    """The pages at an address of this machine, so that one page may measure the others."""
    frames = tmp_path / "frames"
    shutil.copytree(PAGES, frames)
    handler = functools.partial(_Quiet, directory=str(frames))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}", frames
        server.shutdown()


class _Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: object) -> None:  # noqa: A002
        pass


@pytest.mark.skipif(CHROMIUM is None, reason="chromium is not installed")
def test_pages_fit_their_window(served: tuple[str, Path], tmp_path: Path) -> None:
    address, folder = served
    every = [p.relative_to(PAGES) for p in pages()]
    found: dict[str, dict[str, Any]] = {}
    for k in range(0, len(every), AT_ONCE):
        found |= measured(address, folder, every[k : k + AT_ONCE], tmp_path)
    assert len(found) == len(WIDTHS) * len(every)
    assert {k: v for k, v in found.items() if v["needs"] > v["width"]} == {}
    assert {k: v["sideways"] for k, v in found.items() if v["sideways"]} == {}
    assert {k: v for k, v in found.items() if v["flat"]} == {}
    assert all(v["letters"] > 200 for k, v in found.items() if "search.html" not in k)
    pictured = [k for k, v in found.items() if "games/" in k and v["pictures"] > 0]
    assert len(pictured) >= 30


def measured(
    address: str, folder: Path, pages: list[Path], scratch: Path
) -> dict[str, dict[str, Any]]:
    frames = "".join(
        f'<iframe id="{page} {width}" width="{width}" height="900" src="{page}"></iframe>'
        for page in pages
        for width in WIDTHS
    )
    (folder / "frames.html").write_text(f"<!DOCTYPE html><body>{frames}{_MEASURE}</body>")
    command = [
        str(CHROMIUM), "--headless", "--no-sandbox", "--disable-gpu", "--enable-logging=stderr",
        "--disable-background-networking", f"--user-data-dir={scratch / 'profile'}",
        "--dump-dom", f"{address}/frames.html",
    ]  # fmt: skip
    done = subprocess.run(command, capture_output=True, text=True, check=True, timeout=300)
    console = [line for line in done.stderr.splitlines() if "CONSOLE" in line]
    assert [line for line in console if '"[PST]' not in line] == []  # the theme says its colours
    shown = re.search(r"<pre>(\{.*?\})</pre>", done.stdout, re.DOTALL)
    assert shown is not None, done.stdout[-500:]
    result: dict[str, dict[str, Any]] = json.loads(unescape(shown[1]))
    return result
