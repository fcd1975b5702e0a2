"""The outlets that reach us as extracted text (.txt) or as rows (.jsonl): what their extractors left in, and their field names."""

import datetime
import email.utils
import zlib
from typing import Any

from samples.articles import LEFTOVERS
from samples.page import Page


def _lines(page: Page, promo: str, heading: str = "{}", item: str = "{}", quote: str = "{}") -> list[str]:
    """Return the body as lines; `promo` is the cue, put before the promo's headline and noted with it as one leftover."""
    shapes = {"paragraph": "{}", "heading": heading, "item": item, "quote": quote}
    lines = []
    for block in page.article.blocks:
        if block.kind == "promo":
            lines.append(page.leak("promo", promo.format(block.text or page.headlines(1, "promo")[0])))
        elif block.kind in LEFTOVERS:
            lines.append(page.leak(block.kind, block.text))
        else:
            lines.append(shapes[block.kind].format(block.text))
    return lines


def savera(page: Page) -> str:
    """A .txt with blank lines: title, dateline and byline on top; advertisement marks, source link, comments and related titles below."""
    article = page.article
    body = _lines(page, "ये भी पढ़ें- {}", item="• {}")
    body.insert(2, page.leak("ad", "[विज्ञापन_1]"))
    head = [article.title]
    if not article.undated:
        stamp = article.date_text or page.date("प्रकाशित: {d} {month} {y}", time=False)
        page.published, page.date_from = article.date_iso or article.date[:10], "text"
        head.append(page.leak("dateline", stamp))
    tail = [
        page.leak("byline", f"({article.author}, सुबह सवेरा)"),
        page.leak("ad", "[विज्ञापन_2]"),
        page.leak("source", "स्रोत लिंक"),
        page.leak("tags", "टैग: " + ", ".join(article.tags)),
        page.leak("comments", "टिप्पणी (0)"),
        page.leak("related", "इसी श्रेणी में"),
        *(page.leak("related", title) for title in page.headlines(4, "tail")),
    ]
    return "\n\n".join(head + body + tail) + "\n"


def morcha(page: Page) -> str:
    """A .txt with single line ends and glued leftovers: a menu in one line, tags run together, section names before related titles."""
    article = page.article
    head = [
        page.leak("nav", "होम न्यूज़ राज्य वीडियो शॉर्ट्स वेब स्टोरी"),
        article.title,
        page.leak("byline", "By : " + article.author + page.date(" | Updated at : {dd} {mon} {y} {h}:{M} {ampm} (IST)", "en")),
        page.leak("share", "FOLLOW US : Facebook Twitter Instagram Telegram"),
    ]
    if article.caption:
        head.append(page.leak("caption", "फोटो: " + article.caption))
    body = _lines(page, "यह भी पढ़ें: {}", item="- {}")
    body.insert(-1, page.leak("app", "हमारे व्हाट्सएप चैनल से जुड़ने के लिए यहां क्लिक करें"))
    sections = ("राज्य", "बिजनेस", "वायरल", "धर्म")
    tail = [
        page.leak("tags", "Tags :" + "".join(article.tags)),
        page.leak("related", "और देखें"),
        *(page.leak("related", section + title) for section, title in zip(sections, page.headlines(4, "tail"), strict=True)),
        page.leak("ad", "Sponsored Content"),
        page.leak("copyright", f"Copyright@{article.date[:4]}.Dainik Morcha Network. All rights reserved."),
    ]
    return "\n".join(head + body + tail) + "\n"


def sanvad(page: Page) -> dict[str, Any]:
    """An agency's feed (headline, body, link, published_at, unknown extras); only the desk's sign-off and a note are left over."""
    article = page.article
    page.date("", shown_in="field")
    body = _lines(page, "संबंधित: {}")
    code = article.date[11:16].replace(":", "") or "0900"
    body += [page.leak("credit", "संपादन: रमा विजय"), page.leak("source", "(ग्राहक ध्यान दें: यह खबर अपडेट की जा सकती है)")]
    return {
        "id": f"SNV-{article.date[:10].replace('-', '')}-{code}",
        "headline": article.title,
        "body": "\n".join(body),
        "link": f"https://{page.outlet.host}/story/{article.id}",
        "published_at": article.date,
        "priority": 2,
        "category": list(article.tags),
        "embargo": None,
    }


def mahanagar(page: Page) -> dict[str, Any]:
    """Rows with an `html` fragment (no page around it): promos, a channel call, an author box and the counter of views inside."""
    article = page.article
    pieces = page.blocks(lambda title: f'<p>{page.cut("promo", "इन्हें भी पढ़ें :-")} <a href="/go">{title}</a></p>', heading="<h4>{}</h4>")
    pieces.insert(1, f'<div class="code-block">{page.cut("ad", "- विज्ञापन -")}</div>')
    biography = "दस वर्षों से पत्रकारिता में सक्रिय, राजनीति और समाज पर लेखन।"
    tail = [
        f'<p class="chan"><a href="/wa">{page.cut("app", "व्हाट्सएप चैनल को फॉलो करने के लिए यहां क्लिक करें")}</a></p>',
        f'<div class="author-box"><h5>{page.cut("byline", article.author)}</h5><p>{page.cut("byline", biography)}</p></div>',
        f'<div class="views">{page.cut("other", "पोस्ट देखी गई: 1,284 बार")}</div>',
        f'<ul class="related-posts">{page.related(3, "posts")}</ul>',
    ]
    page.date("", shown_in="field")
    when = datetime.datetime.fromisoformat(article.date)
    return {
        "post_id": zlib.crc32(article.id.encode()),
        "title": article.title,
        "html": '<div class="td-post-content">\n' + "\n".join(pieces + tail) + "\n</div>",
        "url": f"https://{page.outlet.host}/?p={article.id}",
        "date": when.strftime("%Y-%m-%d %H:%M:%S%z"),
        "meta": {"views": 1284, "sticky": False},
    }


def selvan(page: Page) -> dict[str, Any]:
    """English rows (title, content, link, date as in mail headers): an audio line, a newsletter line, read-more lines."""
    article = page.article
    page.date("", shown_in="field")
    body = [page.leak("share", "Listen to this article now"), *_lines(page, "READ MORE: {}")]
    body.insert(3, page.leak("newsletter", "Sign up for our free evening bulletin"))
    body += [
        page.leak("byline", f"{article.author} can be reached at the newsroom"),
        page.leak("copyright", f"© {article.date[:4]} Selvan Evening Post"),
    ]
    return {
        "doc_no": zlib.crc32(article.id.encode()),
        "title": article.title,
        "content": "\n\n".join(body),
        "link": f"https://{page.outlet.host}/{article.id}",
        "date": email.utils.format_datetime(datetime.datetime.fromisoformat(article.date)),
        "edition": "late",
    }


BHASHA = {
    "ta": ("மேலும் படிக்க: {}", "எங்கள் செயலியைப் பதிவிறக்கம் செய்யுங்கள்", "தொடர்புடைய செய்திகள்"),
    "bn": ("আরও পড়ুন: {}", "আমাদের অ্যাপ ডাউনলোড করুন", "সম্পর্কিত খবর"),
    "ml": ("ഇതും വായിക്കുക: {}", "ഞങ്ങളുടെ ആപ്പ് ഡൗൺലോഡ് ചെയ്യൂ", "ബന്ധപ്പെട്ട വാർത്തകൾ"),
}


def bhasha(page: Page) -> dict[str, Any]:
    """Rows of an aggregator of several languages (text, lang, source): the cue words of each language are left over."""
    article = page.article
    promo, app, related = BHASHA[article.lang]
    body = [*_lines(page, promo), page.leak("app", app), page.leak("related", related)]
    row = {"uid": f"bs/{article.id}", "text": "\n\n".join(body), "lang": article.lang, "source": article.author, "heading": article.title}
    if not article.undated:
        page.date("", shown_in="field")
        row["published"] = article.date
    return row


def kinara(page: Page) -> str:
    """Marathi .txt with a byte order mark and CRLF line ends: place and date on top, related titles with dashes below."""
    article = page.article
    body = _lines(page, "हेही वाचा - {}")
    body.insert(1, page.leak("share", "शेअर करा :"))
    head = [article.title, page.leak("dateline", page.date("शिरगाव | {d} {month} {y}", "mr", time=False))]
    tail = [
        page.leak("related", "संबंधित बातम्या"),
        *(page.leak("related", "— " + title) for title in page.headlines(3, "tail")),
        page.leak("app", "ताज्या बातम्यांसाठी दैनिक किनाराचे ॲप डाउनलोड करा"),
    ]
    return "\ufeff" + "\r\n\r\n".join(head + body + tail) + "\r\n"


TEXTS = {"savera": savera, "morcha": morcha, "kinara": kinara}
ROWS = {"sanvad": sanvad, "mahanagar": mahanagar, "selvan": selvan, "bhasha": bhasha}
FILES = {"sanvad": "sanvad.jsonl.gz", "mahanagar": "mahanagar.jsonl", "selvan": "selvan.jsonl.zst", "bhasha": "bhasha.jsonl"}
