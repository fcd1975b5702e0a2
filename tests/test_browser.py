"""The report of `dedup explain` as a browser shows it."""

import json
import shutil
import subprocess
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from pages import HINDI, URDU, URL, page

from dedup.explain import explain, report

BROWSER = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
MEASURE = """<script>
const shown = [...document.querySelectorAll("td.text")].map(cell => {
  const box = cell.getBoundingClientRect();
  return {text: cell.innerText, direction: getComputedStyle(cell).direction, inside: box.width > 0 && box.right <= innerWidth};
});
const found = {title: document.title, shown, injected: window.injected === true};
document.body.innerHTML = "<pre id=found></pre>";
document.getElementById("found").textContent = JSON.stringify(found);
</script></body>"""


@pytest.fixture
def browse(tmp_path: Path):
    """What a browser shows of a report."""
    if BROWSER is None:
        pytest.skip("no chromium to look at the report with")

    def look(html: str) -> dict:
        assert html.count("</body>") == 1
        (tmp_path / "report.html").write_text(html.replace("</body>", MEASURE), "utf-8")
        flags = ["--headless", "--no-sandbox", "--disable-gpu", "--window-size=1200,900", f"--user-data-dir={tmp_path / 'profile'}"]
        line = [str(BROWSER), *flags, "--dump-dom", (tmp_path / "report.html").as_uri()]
        try:
            done = subprocess.run(line, capture_output=True, timeout=120)
        except subprocess.TimeoutExpired:
            pytest.skip("the browser does not answer")
        found = BeautifulSoup(done.stdout, "html.parser").select_one("#found")
        if found is None:
            pytest.skip(f"the browser does not run here: {done.stderr[-300:]!r}")
        return json.loads(found.get_text())

    return look


def test_a_browser_shows_every_part_and_runs_nothing_of_the_page(browse) -> None:
    evil = "</td></table><script>window.injected = true</script><img src=x onerror='window.injected = true'>"
    source = page(HINDI).replace(HINDI.lead, HINDI.lead + evil.replace("<", "&lt;"))
    found = browse(report(explain(source, URL), f"a{evil}b.html"))
    texts = [cell["text"] for cell in found["shown"]]
    assert not found["injected"] and found["title"] == f"dedup: a{evil}b.html"
    assert HINDI.lead + evil in texts and any(HINDI.title in text.split("\n") for text in texts)
    assert all(cell["inside"] and cell["direction"] == "ltr" for cell in found["shown"])


def test_a_browser_sets_urdu_from_right_to_left(browse) -> None:
    found = browse(report(explain(page(URDU), URL)))
    directions = {cell["text"]: cell["direction"] for cell in found["shown"]}
    assert directions[URDU.lead] == "rtl"
