"""Pages opened in headless Chromium, measured there."""

import json
import re
import shutil
import subprocess
from collections.abc import Mapping
from html import escape, unescape
from pathlib import Path
from typing import Any

import pytest

CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "chrome"))), None)
needs_browser = pytest.mark.skipif(CHROMIUM is None, reason="chromium is not installed")

_MEASURE = """
const found = {};
for (const frame of document.querySelectorAll("iframe")) {
  const page = frame.contentDocument, root = page.documentElement;
  const outside = [];
  for (const svg of page.querySelectorAll("svg")) {
    const box = svg.getBoundingClientRect();
    for (const text of svg.querySelectorAll("tspan")) {
      const at = text.getBoundingClientRect();
      if (at.left < box.left - 1 || at.right > box.right + 1 || at.top < box.top - 1
          || at.bottom > box.bottom + 1) outside.push(text.textContent);
    }
  }
  found[frame.id] = {
    width: root.clientWidth, needs: root.scrollWidth, height: root.scrollHeight, outside,
    letters: page.body.innerText.length, svgs: page.querySelectorAll("svg").length,
    formulas: [...page.querySelectorAll("math")].filter(m => m.getBoundingClientRect().height < 4)
      .length,
    ink: frame.contentWindow.getComputedStyle(page.body).color,
    ground: frame.contentWindow.getComputedStyle(page.body).backgroundColor,
    grounds: [...page.querySelectorAll("svg")].map(
      svg => frame.contentWindow.getComputedStyle(svg).backgroundColor),
  };
}
document.body.innerHTML = "<pre>" + JSON.stringify(found) + "</pre>";
"""


def measured(
    pages: Mapping[str, str], widths: tuple[int, ...], folder: Path, *, dark: bool = False
) -> dict[tuple[str, int], dict[str, Any]]:
    """Renders every page at every width, and says what it needs and what it shows.

    Args:
        pages: name -> HTML.
        widths: in pixels.
        folder: for what the browser needs.
        dark: for a reader who prefers a dark scheme.

    Returns:
        (page, width) -> what was measured. The browser's console must stay empty.
    """
    frames = "".join(
        f'<iframe id="{name} {width}" width="{width}" srcdoc="{escape(page)}"></iframe>'
        for name, page in pages.items()
        for width in widths
    )
    whole = f"<!DOCTYPE html><body>{frames}<script>onload = () => {{{_MEASURE}}}</script></body>"
    (folder / "frames.html").write_text(whole, encoding="utf-8")
    command = [
        str(CHROMIUM),
        "--headless",
        "--no-sandbox",
        "--disable-gpu",
        "--enable-logging=stderr",
    ]
    command += [f"--user-data-dir={folder / 'profile'}", "--dump-dom"]
    command += [f"--blink-settings=preferredColorScheme={0 if dark else 1}"]
    done = subprocess.run(
        [*command, (folder / "frames.html").as_uri()],
        capture_output=True,
        text=True,
        check=True,
        timeout=120,
    )
    complaints = [line for line in done.stderr.splitlines() if "CONSOLE" in line]
    assert complaints == []
    shown = re.search(r"<pre>(.*?)</pre>", done.stdout, re.S)
    assert shown is not None, done.stdout[:500]
    found: dict[str, dict[str, Any]] = json.loads(unescape(shown[1]))
    return {(key.rpartition(" ")[0], int(key.rpartition(" ")[2])): v for key, v in found.items()}
