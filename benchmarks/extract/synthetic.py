"""Made-up pages around real texts: layouts that the development pages have too few of, in scripts that they have too few of.

The texts come from the news files of the development data; what is around them is drawn at random: menus, tickers, promos between
paragraphs, related lists with and without links inside and outside the body, paragraphs parted by `<br><br>`, threads of comments, teasers
of a paragraph each, notices and forms, articles after the article, of which many are short. The gold is the text that was put in. Every page has its own layout ("host"). Equal seed, equal pages.
"""

import html
import io
import json
import random
from pathlib import Path

import regex
import zstandard
from pages import Page

LANGUAGES = {"hi": 0.42, "en": 0.2, "ne": 0.08, "bn": 0.08, "mr": 0.08, "ml": 0.07, "ur": 0.07}
STOP = regex.compile(r"(?<=[।॥.!?؟۔])\s+")
WORDS = {
    "nav": "menu nav main-nav navbar topmenu navigation header-links",
    "body": "story article-body content post-content entry-content storyBody articleText td-post-content news_detail details description maintext text copy",
    "related": "related also-read more-news recommended read-more story-list sidebar-list morestories widget trending",
    "share": "share social share-bar sharing icons",
    "byline": "byline author meta post-meta info date",
    "caption": "caption img-caption wp-caption-text credit",
    "tags": "tags topics tag-list keywords",
    "comments": "comments comment-list responses opinions discussion replies thread feedback posts messages",
    "notice": "notice cookie consent overlay banner newsletter signup subscribe modal",
    "teasers": "news latest list items feed topics stories archive block posts more",
    "footer": "footer bottom site-footer copyright",
    "ad": "ad advert ads adslot sponsor",
    "wrap": "container wrapper main row col-md-8 page inner left-col section box",
    "promo": "promo inline-link alsoread highlight callout",
    "summary": "summary subtitle intro excerpt kicker lead",
    "title": "title headline article-title heading",
}


def _texts(news: Path) -> dict[str, list[list[str]]]:
    """Paragraphs of the texts, by language."""
    found: dict[str, list[list[str]]] = {language: [] for language in LANGUAGES}
    for name in ("hi", "ne", "en", "other_indic"):
        with open(news / f"{name}.jsonl.zst", "rb") as file:
            for line in io.TextIOWrapper(zstandard.ZstdDecompressor().stream_reader(file), encoding="utf8"):
                row = json.loads(line)
                language = row.get("lang", name)
                if language in found and len(found[language]) < 1500:
                    paragraphs = [" ".join(part.split()) for part in row["text"].split("\n") if part.strip()]
                    if sum(map(len, paragraphs)) > 500:
                        found[language].append(paragraphs)
    return found


class _Maker:
    def __init__(self, draw: random.Random, texts: dict[str, list[list[str]]], cues: dict[str, dict[str, list[str]]]) -> None:
        self.draw, self.texts, self.cues = draw, texts, cues
        self.language = draw.choices(list(LANGUAGES), LANGUAGES.values())[0]
        self.naming = draw.choices(["words", "random", "none"], [0.6, 0.2, 0.2])[0]
        self.gold: list[str] = []

    def chance(self, share: float) -> bool:
        return self.draw.random() < share

    def named(self, kind: str) -> str:
        if self.naming == "none" or self.chance(0.15):
            return ""
        if self.naming == "random":
            name = "".join(self.draw.choices("abcdefghjkmnpqrstuvwxyz0123456789", k=6))
            return f' class="{self.draw.choice(["css-", "sc-", "", "_"])}{name}"'
        return f' {self.draw.choice(["class", "class", "class", "id"])}="{self.draw.choice(WORDS[kind].split())}"'

    def box(self, kind: str, inner: str, tags: str = "div") -> str:
        tag = self.draw.choice(tags.split())
        return f"<{tag}{self.named(kind)}>{inner}</{tag}>"

    def cue(self, reason: str, default: str) -> str:
        language = self.language if self.language in self.cues else "hi"
        phrases = [p for p in self.cues[language].get(reason, []) if "…" not in p and "#" not in p] or [default]
        return html.escape(self.draw.choice(phrases))

    def document(self) -> list[str]:
        paragraphs = self.draw.choice(self.texts[self.language])
        if self.chance(0.3):
            paragraphs = paragraphs[: self.draw.randint(1, 4)]
        sentences = [s for p in paragraphs[:14] for s in STOP.split(p) if s.strip()]
        if self.chance(0.4) and len(paragraphs) >= 4:
            return [p for p in paragraphs[:16] if len(p) > 15]
        body, at = [], 0
        while at < len(sentences):
            step = self.draw.choice([1, 2, 2, 3, 4])
            body.append(" ".join(sentences[at : at + step]))
            at += step
        return body[:18]

    def headline(self) -> str:
        paragraphs = self.draw.choice(self.texts[self.language])
        words = self.draw.choice(paragraphs[:5]).split()
        return " ".join(words[: self.draw.randint(6, 14)]).rstrip("।.,؛،")

    def short(self) -> str:
        words = self.headline().split()
        return " ".join(words[: self.draw.choice([1, 1, 1, 2])])

    def link(self, text: str) -> str:
        return f'<a href="/{self.draw.randint(1, 99999)}">{html.escape(text)}</a>'

    def links(self, count: int, linked: float, short: bool = False) -> str:
        texts = [self.short() if short else self.headline() for _ in range(count)]
        items = [self.link(text) if self.chance(linked) else html.escape(text) for text in texts]
        form = self.draw.randrange(4 if short else 5)
        if form <= 1:
            return "<ul>" + "".join(f"<li>{item}</li>" for item in items) + "</ul>"
        if form == 2:
            return "".join(self.box("related", item, "div p h3 h4") for item in items)
        if form == 3:
            return (" | " if short else "<br>").join(items)
        dek = [
            html.escape(" ".join(self.draw.choice(self.texts[self.language])[0].split()[:20])) if self.chance(0.3) else "" for _ in items
        ]
        return "".join(f"<div><h4>{item}</h4><span>{more}</span></div>" for item, more in zip(items, dek, strict=True))

    def label(self, reason: str, default: str) -> str:
        return self.box("promo", self.cue(reason, default), "h3 h4 div span p strong")

    def related(self, linked: float | None = None) -> str:
        linked = self.draw.choice([1.0, 1.0, 1.0, 0.0]) if linked is None else linked
        head = self.label("related", "Related") if self.chance(0.8) else ""
        return self.box("related", head + self.links(self.draw.randint(2, 8), linked), "div aside section div")

    def promo(self) -> str:
        cue, text = self.cue("related", "Also read"), self.headline()
        text = self.link(text) if self.chance(0.7) else html.escape(text)
        between = self.draw.choice([": ", "- ", " – ", ":- ", " "])
        form = self.draw.choice(
            ["{c}{b}{t}", "<strong>{c}{b}{t}</strong>", "<b>{c}{b}</b>{t}", "<strong>{c}{b}</strong> {t}", "<em>{c}{b}{t}</em>"]
        )
        return form.format(c=cue, b=between, t=text)

    def figure(self) -> str:
        caption = html.escape(self.headline())
        return self.draw.choice(
            [
                f'<figure><img src="x.jpg" alt="{caption}"><figcaption>{caption}</figcaption></figure>',
                f'<div{self.named("caption")}><img src="x.jpg"><p>{caption}</p></div>',
                '<img src="y.jpg">',
            ]
        )

    def body(self) -> str:
        wrap = self.draw.choice(["p", "p", "p", "p", "div", "br", "br", "line", "span"])
        inside, parts = [], []

        def paragraph(text: str, raw: bool = False) -> None:
            parts.append(("text", text if raw else html.escape(text)))

        paragraphs = self.document()
        for at, text in enumerate(paragraphs):
            if at and self.chance(0.12):
                heading = self.short() + " " + self.short()
                self.gold.append(heading)
                tag = self.draw.choice(["h2", "h3", "h2", "h4", "b", "strong"])
                parts.append(("block" if tag.startswith("h") else "text", f"<{tag}>{html.escape(heading)}</{tag}>"))
            self.gold.append(text)
            if self.chance(0.15) and len(text.split()) > 8:
                words = text.split()
                place = self.draw.randrange(len(words) - 3)
                marked = " ".join(words[place : place + 3])
                left, right = " ".join(words[:place]), " ".join(words[place + 3 :])
                inner = self.link(marked) if self.chance(0.6) else f"<strong>{html.escape(marked)}</strong>"
                paragraph(f"{html.escape(left)} {inner} {html.escape(right)}", raw=True)
            else:
                paragraph(text)
            if self.chance(0.1):
                paragraph(self.promo(), raw=True)
            if self.chance(0.05):
                parts.append(("block", self.box("ad", self.cue("ad", "Advertisement"))))
            if self.chance(0.05):
                parts.append(("block", self.related()))
            if self.chance(0.06):
                items = [self.headline() for _ in range(self.draw.randint(2, 5))]
                self.gold += items
                parts.append(("block", "<ul>" + "".join(f"<li>{html.escape(item)}</li>" for item in items) + "</ul>"))
            if self.chance(0.04):
                quote = self.draw.choice(self.document()[:4] or [text])
                self.gold.append(quote)
                parts.append(("block", f"<blockquote>{html.escape(quote)}</blockquote>"))
            if self.chance(0.07):
                parts.append(("block", self.figure()))
        if self.chance(0.2):
            paragraph(f"<strong>{self.cue('promo', 'Follow us')} {html.escape(self.short())}</strong>", raw=True)
        for sort, part in parts:
            if sort == "block" or wrap in ("p", "div", "span"):
                tag = {"span": "p"}.get(wrap, wrap if wrap in ("p", "div") else "p")
                inside.append(
                    part if sort == "block" else f"<{tag}><span>{part}</span></{tag}>" if wrap == "span" else f"<{tag}>{part}</{tag}>"
                )
            else:
                inside.append(part + ("<br>\n<br>\n" if wrap == "br" else "<br>\n"))
        return "\n".join(inside)

    def passage(self, longest: int) -> str:
        """Some words of another text, mostly whole sentences."""
        return self.sentences(3) if self.chance(0.7) else " ".join(self.sentences(9).split()[: self.draw.randint(2, longest)])

    def sentences(self, most: int) -> str:
        text = self.draw.choice(self.draw.choice(self.texts[self.language])[:8])
        return " ".join(STOP.split(text)[: self.draw.randint(1, most)])

    def date(self) -> str:
        day = f"{self.draw.randint(1, 28)}.{self.draw.randint(1, 12)}.{self.draw.randint(2010, 2026)}"
        return day + self.draw.choice(["", f" {self.draw.randint(0, 23):02}:{self.draw.randint(0, 59):02}"])

    def comments(self) -> str:
        """A thread: all comments of one form, as one system writes them."""
        count = self.draw.choice([self.draw.randint(1, 5), self.draw.randint(4, 12), self.draw.randint(10, 30)])
        outer, tag = self.draw.choice(["div", "div", "li", "article", "p", "dd"]), self.draw.choice(["b", "span", "div", "h4"])
        text_tag = self.draw.choice(["p", "p", "div", "span"])
        dated, answered, rated = self.chance(0.6), self.chance(0.5), self.chance(0.3)
        reply = self.cue("comments", "Reply")
        items = []
        for _ in range(count):
            name = f"<{tag}>{html.escape(self.short())}</{tag}> " if self.chance(0.95) else ""
            when = f"<span>{self.date()}</span> " if dated else ""
            lines = [self.passage(60) for _ in range(self.draw.choice([1, 1, 1, 2, 3]))]
            text = "".join(f"<{text_tag}>{html.escape(line)}</{text_tag}>" for line in lines)
            if self.chance(0.1):
                text = f"<blockquote>{html.escape(self.passage(30))}</blockquote>{text}"
            below = self.link(reply) if answered else ""
            below += f" <span>+{self.draw.randint(0, 40)}</span>" if rated else ""
            items.append(self.box("comments", f"{name}{when}{text}{below}", outer))
        head = self.label("comments", "Comments") if self.chance(0.7) else ""
        form = "<form><textarea></textarea><button>OK</button></form>" if self.chance(0.4) else ""
        return self.box("comments", head + "".join(items) + form, "div section ul div")

    def teasers(self) -> str:
        """Other articles, of each its headline and the paragraph that it begins with."""
        outer, tag = self.draw.choice(["div", "li", "article", "td", "div"]), self.draw.choice(["h3", "h2", "h4", "b", "div"])
        text_tag = self.draw.choice(["p", "p", "div", "span"])
        headed, linked, dated, more = self.chance(0.85), self.chance(0.8), self.chance(0.4), self.chance(0.3)
        items = []
        for _ in range(self.draw.randint(3, 20)):
            headline = self.headline()
            head = f"<{tag}>{self.link(headline) if linked else html.escape(headline)}</{tag}>" if headed else ""
            when = f"<span>{self.date()}</span>" if dated else ""
            text = f"<{text_tag}>{html.escape(self.passage(45))}</{text_tag}>"
            items.append(f"<{outer}{self.named('teasers')}>{head}{when}{text}{self.link(self.short()) if more else ''}</{outer}>")
        head = self.label("related", "More") if self.chance(0.5) else ""
        inner = "".join(items)
        return self.box("teasers", head + (f"<table><tr>{inner}</tr></table>" if outer == "td" else inner), "div section aside div")

    def notice(self) -> str:
        """A dialog or a form: some sentences and what one may press."""
        lines = "".join(f"<p>{html.escape(self.passage(50))}</p>" for _ in range(self.draw.randint(1, 4)))
        head = f"<h3>{html.escape(self.short())}</h3>" if self.chance(0.5) else ""
        form = self.draw.choice(["<button>OK</button>", "<form><input><button>OK</button></form>", self.link(self.short()), ""])
        return self.box("notice", head + lines + form, "div div section aside form")

    def others(self) -> str:
        """Whole articles that the page goes on with."""
        articles = ""
        for _ in range(self.draw.choice([1, 1, 2, 3])):
            texts = "".join(f"<p>{html.escape(text)}</p>" for text in self.document()[:8])
            tag = self.draw.choice(["h1", "h1", "h2"])
            articles += self.box("wrap", f"<{tag}>{html.escape(self.headline())}</{tag}>{self.box('body', texts)}", "article div")
        return articles

    def footer(self) -> str:
        note = f"© {self.draw.randint(2010, 2026)} {html.escape(self.short())}. {self.cue('copyright', 'All rights reserved')}"
        return self.box("footer", self.links(self.draw.randint(4, 16), 1.0, short=True) + f"<p>{note}</p>", "footer div div")

    def page(self) -> tuple[str, str, str]:
        title = self.headline()
        site = self.short()
        description = self.sentences(2) if self.chance(0.7) else self.headline()
        head = f"<title>{html.escape(title)}{self.draw.choice([' | ', ' - ', ' – '])}{html.escape(site)}</title>"
        if self.chance(0.5):
            head += f'<meta name="description" content="{html.escape(description)}">'
        if self.chance(0.5):
            head += f'<meta property="og:title" content="{html.escape(title)}"><meta property="og:type" content="article">'
        body = self.body()
        if self.chance(0.35):
            data = {"@context": "https://schema.org", "@type": "NewsArticle", "headline": title}
            if self.chance(0.3):
                data["articleBody"] = " ".join(self.gold)
            head += f'<script type="application/ld+json">{json.dumps(data, ensure_ascii=False)}</script>'
        top = self.box("nav", self.links(self.draw.randint(6, 24), 1.0, short=True), "nav div div header")
        if self.chance(0.4):
            top += self.box("related", self.links(self.draw.randint(3, 8), 1.0), "div ul")
        bread = self.box("nav", " / ".join(self.link(self.short()) for _ in range(2)), "div p ol") if self.chance(0.5) else ""
        heading = self.box("title", html.escape(title), "h1 h1 h1 h2 div")
        subtitle = self.box("summary", html.escape(description), "h2 p div") if self.chance(0.5) else ""
        by = f"{html.escape(self.short())}, {self.date()}"
        byline = self.box("byline", by, "div p span") if self.chance(0.8) else ""
        share = self.box("share", " ".join(self.link(self.cue("share", "Share")) for _ in range(4))) if self.chance(0.6) else ""
        picture = self.figure() if self.chance(0.6) else ""
        after = [
            self.box("tags", self.label("tags", "Tags") + " ".join(self.link(self.short()) for _ in range(4))) if self.chance(0.5) else "",
            share if self.chance(0.3) else "",
            self.box("promo", self.cue("app", "Get the app"), "p div strong") if self.chance(0.3) else "",
            self.box("byline", f"<p>{html.escape(self.short())}</p><p>{html.escape(self.headline())}।</p>") if self.chance(0.2) else "",
        ]
        inner = self.box("body", body, "div div div section article span" if self.chance(0.9) else "td")
        if self.chance(0.3):  # related list and the like within the body's own box
            within = [part() for part, share in ((self.related, 0.6), (self.comments, 0.12), (self.teasers, 0.12)) if self.chance(share)]
            inner = self.box("body", body + "".join(after + within))
            after = []
        opening = [bread, heading, subtitle, byline, share, picture]
        if self.chance(0.2):
            self.draw.shuffle(opening)
        article = self.box("wrap", "".join(opening) + inner + "".join(after), "div article main div section")
        below = [self.related() for _ in range(self.draw.randint(0, 3))]
        below += [part() for part, share in ((self.comments, 0.35), (self.teasers, 0.25), (self.others, 0.12)) if self.chance(share)]
        if self.chance(0.5):
            self.draw.shuffle(below)
        side = self.box("related", "".join(self.related() for _ in range(self.draw.randint(1, 3))), "aside div div")
        middle = [article, *below]
        if self.chance(0.6):
            middle.insert(self.draw.choice([0, len(middle)]), side)
        if self.chance(0.15):
            middle = [f"<table><tr>{''.join(f'<td>{part}</td>' for part in middle)}</tr></table>"]
        if self.chance(0.1):
            middle.insert(0, self.teasers())
        first, last = (self.notice() if self.chance(share) else "" for share in (0.1, 0.15))
        whole = top + first + self.box("wrap", "\n".join(middle)) + last + self.footer()
        source = f'<!DOCTYPE html><html lang="{self.language}"><head><meta charset="utf-8">{head}</head><body>{whole}</body></html>'
        return source, "\n".join(self.gold), title


PROMOS = Path(__file__).with_name("promos.json")
"""Phrases of seven languages by reason, as the cue files had them when the weights were made: newer cues do not change the weights."""


def make(data: Path, count: int, seed: int = 11) -> list[Page]:
    """Return made-up pages; `data` is the directory `extract`."""
    texts = _texts(data.parent / "news")
    phrases = json.loads(PROMOS.read_text("utf8"))
    pages = []
    for number in range(count):
        maker = _Maker(random.Random(seed * 1_000_003 + number), texts, phrases)
        source, gold, _ = maker.page()
        pages.append(Page("synthetic", f"{number}", f"https://made-{number}.example/a", "article", source.encode(), gold))
    return pages
