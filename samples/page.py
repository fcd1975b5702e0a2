"""A page in the making: renders the blocks of an article and notes, as it goes, what is a leftover and why."""

import datetime
import html
from collections.abc import Callable

from samples.articles import LEFTOVERS, Article, Outlet, draw

MONTHS = {
    "hi": ["जनवरी", "फरवरी", "मार्च", "अप्रैल", "मई", "जून", "जुलाई", "अगस्त", "सितंबर", "अक्टूबर", "नवंबर", "दिसंबर"],
    "en": ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"],
    "mr": ["जानेवारी", "फेब्रुवारी", "मार्च", "एप्रिल", "मे", "जून", "जुलै", "ऑगस्ट", "सप्टेंबर", "ऑक्टोबर", "नोव्हेंबर", "डिसेंबर"],
    "ta": ["ஜனவரி", "பிப்ரவரி", "மார்ச்", "ஏப்ரல்", "மே", "ஜூன்", "ஜூலை", "ஆகஸ்ட்", "செப்டம்பர்", "அக்டோபர்", "நவம்பர்", "டிசம்பர்"],
    "bn": ["জানুয়ারি", "ফেব্রুয়ারি", "মার্চ", "এপ্রিল", "মে", "জুন", "জুলাই", "আগস্ট", "সেপ্টেম্বর", "অক্টোবর", "নভেম্বর", "ডিসেম্বর"],
}
DIGITS = {"hi": "०१२३४५६७८९", "mr": "०१२३४५६७८९", "bn": "০১২৩৪৫৬৭৮৯"}


def native_digits(text: str, lang: str) -> str:
    return text.translate({ord(str(n)): digit for n, digit in enumerate(DIGITS[lang])})


class Page:
    """One rendering of an article: `leaks` fills while the layout asks for its parts."""

    def __init__(self, article: Article, outlet: Outlet) -> None:
        self.article, self.outlet = article, outlet
        self.leaks: list[tuple[str, str]] = []
        self.optional: list[str] = [article.title]
        self.published = ""
        self.date_from = "none"

    def leak(self, reason: str, text: str) -> str:
        """Return the text, noted as a leftover."""
        if (reason, text) not in self.leaks:
            self.leaks.append((reason, text))
        return text

    def cut(self, reason: str, text: str) -> str:
        """Return the text escaped for HTML, noted as a leftover."""
        return html.escape(self.leak(reason, text), quote=False)

    def menu(self, reason: str, items: tuple[str, ...], form: str = '<li><a href="/{n}">{text}</a></li>') -> str:
        return "".join(form.format(n=n, text=self.cut(reason, item)) for n, item in enumerate(items, 1))

    def headlines(self, count: int, place: str) -> list[str]:
        return draw(self.outlet.pool, count, self.outlet.key, self.article.id, place)

    def related(self, count: int, place: str, form: str = '<li><a href="/r/{n}">{text}</a></li>', reason: str = "related") -> str:
        return "".join(form.format(n=n, text=self.cut(reason, text)) for n, text in enumerate(self.headlines(count, place), 1))

    @property
    def title(self) -> str:
        return html.escape(self.article.title, quote=False)

    @property
    def summary(self) -> str:
        """The standfirst: neither body nor leftover, a stripper may keep or drop it."""
        if self.article.summary:
            self.optional.append(self.article.summary)
        return html.escape(self.article.summary, quote=False)

    def highlights(self) -> list[str]:
        self.optional.extend(self.article.highlights)
        return [html.escape(item, quote=False) for item in self.article.highlights]

    def date(self, shape: str, lang: str = "hi", time: bool = True, shown_in: str = "text") -> str:
        """Return the article's date in a strftime-like shape ({d} {m} {month} {y} {H} {M}), and note that the page shows it."""
        when = datetime.datetime.fromisoformat(self.article.date)
        order = ("none", "text", "time", "meta", "jsonld", "field")
        if order.index(shown_in) > order.index(self.date_from):
            self.date_from = shown_in
        if not time or len(self.article.date) == 10:
            self.published = self.published or self.article.date[:10]
        else:
            self.published = self.article.date
        return shape.format(
            d=when.day,
            dd=f"{when.day:02}",
            m=f"{when.month:02}",
            month=MONTHS[lang][when.month - 1],
            mon=MONTHS[lang][when.month - 1][:3],
            y=when.year,
            H=f"{when.hour:02}",
            M=f"{when.minute:02}",
            h=f"{when.hour % 12 or 12}",
            iso=self.article.date,
            ampm="AM" if when.hour < 12 else "PM",
        )

    def inline(self, text: str, link: bool = True) -> str:
        """Return a real paragraph as HTML; the first tag that it names becomes a link, as sites do."""
        marked = html.escape(text, quote=False)
        tag = next((tag for tag in self.article.tags if link and tag in marked), None)
        return marked.replace(tag, f'<a href="/topic/{len(tag)}">{tag}</a>', 1) if tag else marked

    def blocks(
        self,
        promo: Callable[[str], str],
        paragraph: str = "<p>{}</p>",
        heading: str = "<h2>{}</h2>",
        quote: str = "<blockquote><p>{}</p></blockquote>",
        lists: tuple[str, str, str] = ("<ul>", "<li>{}</li>", "</ul>"),
        link: bool = True,
    ) -> list[str]:
        """Return the body as HTML pieces, one a block; a run of items is one piece."""
        shapes = {"paragraph": paragraph, "heading": heading, "quote": quote}
        pieces: list[str] = []
        items: list[str] = []
        for block in (*self.article.blocks, None):
            if items and (block is None or block.kind != "item"):
                pieces.append(lists[0] + "".join(items) + lists[2])
                items = []
            if block is None:
                break
            if block.kind == "item":
                items.append(lists[1].format(self.inline(block.text, link)))
            elif block.kind == "promo":
                pieces.append(promo(self.promo_title(block.text)))
            elif block.kind in LEFTOVERS:
                pieces.append(paragraph.format(self.cut(block.kind, block.text)))
            else:
                pieces.append(shapes[block.kind].format(self.inline(block.text, link and block.kind == "paragraph")))
        return pieces

    def promo_title(self, given: str) -> str:
        return self.cut("promo", given or self.headlines(1, "promo")[0])
