"""The peers' texts of the development pages, one JSON Lines file for each peer and set.

    python benchmarks/extract/peers.py DATA OUT [--peer NAME] [--set NAME]

DATA is the directory `extract`; rows are {id, text, seconds}. A peer that is not installed is skipped with a message.
"""

import argparse
import json
import sys
import time
from collections.abc import Callable
from pathlib import Path

from pages import SETS, read


def _trafilatura(**options: bool) -> Callable[[str], str]:
    import trafilatura

    return lambda html: trafilatura.extract(html, **options) or ""


def _readability() -> Callable[[str], str]:
    import logging

    import lxml.html
    from readability import Document

    logging.getLogger("readability").setLevel(logging.CRITICAL)

    def extract(html: str) -> str:
        tree = lxml.html.fromstring(Document(html).summary())
        for element in tree.iter("p", "div", "br", "li", "h1", "h2", "h3", "h4", "h5", "h6", "tr", "td", "pre", "blockquote"):
            element.tail = "\n" + (element.tail or "")
        return tree.text_content()

    return extract


def _resiliparse() -> Callable[[str], str]:
    from resiliparse.extract.html2text import extract_plain_text

    return lambda html: extract_plain_text(html, main_content=True)


def _newspaper() -> Callable[[str], str]:
    import newspaper

    def extract(html: str) -> str:
        article = newspaper.Article("http://example.org/", fetch_images=False)
        article.download(input_html=html)
        article.parse()
        return article.text

    return extract


def _turbohtml() -> Callable[[str], str]:
    import turbohtml

    return lambda html: turbohtml.parse(html).main_text()


def _magic_html() -> Callable[[str], str]:
    import lxml.html
    from magic_html import GeneralExtractor

    extractor = GeneralExtractor()
    return lambda html: lxml.html.fromstring(extractor.extract(html, base_url="http://example.org/")["html"]).text_content()


PEERS: dict[str, Callable[[], Callable[[str], str]]] = {
    "trafilatura": _trafilatura,
    "trafilatura_precision": lambda: _trafilatura(favor_precision=True),
    "readability": _readability,
    "resiliparse": _resiliparse,
    "newspaper4k": _newspaper,
    "turbohtml": _turbohtml,
    "magic_html": _magic_html,
}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--peer", choices=PEERS, action="append")
    parser.add_argument("--set", choices=SETS, action="append")
    arguments = parser.parse_args()
    for peer in arguments.peer or PEERS:
        try:
            extract = PEERS[peer]()
        except ImportError as error:
            print(f"{peer}: skipped, {error}", file=sys.stderr)
            continue
        for name in arguments.set or SETS:
            with open(arguments.out / f"{peer}.{name}.jsonl", "w", encoding="utf8") as file:
                for page in read(arguments.data, name):
                    html = page.html.decode("utf8", "replace")
                    start = time.perf_counter()
                    try:
                        text = extract(html)
                    except Exception as error:  # a peer's failure is its score, not the benchmark's end
                        text, failure = "", type(error).__name__
                    else:
                        failure = ""
                    seconds = time.perf_counter() - start
                    row = {"id": page.id, "text": text, "seconds": seconds, "bytes": len(page.html), "failure": failure}
                    file.write(json.dumps(row, ensure_ascii=False) + "\n")


if __name__ == "__main__":
    main()
