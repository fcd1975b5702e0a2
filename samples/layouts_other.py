"""The English, Marathi, Tamil and Bengali outlets that publish HTML."""
# The lines of a template are the lines of its page.

import html
import json

from samples.page import Page, native_digits


def ledger(page: Page) -> str:
    """English; flat JSON-LD, promos in boxes between paragraphs, comments with replies."""
    pieces = page.blocks(
        lambda title: f'<div class="inset"><p>{page.cut("promo", "Read also:")} <a href="/read">{title}</a></p></div>', link=False
    )
    pieces.insert(2, f'<p class="ad-label">{page.cut("ad", "Article continues after this advertisement")}</p>')
    picture = ""
    if page.article.caption:
        caption, _, credit = page.article.caption.partition(" Photo: ")
        picture = f'<figure><img src="/lead.jpg" alt=""><figcaption>{page.cut("caption", caption)} <cite>{page.cut("credit", "Photo: " + credit)}</cite></figcaption></figure>'
    page.date("", shown_in="jsonld")
    data = {
        "@context": "http://schema.org",
        "@type": ["NewsArticle"],
        "headline": page.article.title,
        "datePublished": page.article.date,
        "isAccessibleForFree": True,
    }
    tags = page.menu("tags", tuple("More on " + tag for tag in page.article.tags), '<a href="/on/{n}">{text}</a> ')
    return f"""<!DOCTYPE html>
<html lang="en"><head><meta charset="{page.article.encoding}"><title>{page.title} | The Coastal Ledger</title>
<script type="application/ld+json">{json.dumps(data)}</script>
<link rel="canonical" href="https://{page.outlet.host}/{page.article.date[:4]}/{page.article.id}"></head>
<body><a class="skip" href="#main">{page.cut("nav", "Skip to content")}</a>
<header><h2 class="brand">The Coastal Ledger</h2><nav>{page.menu("nav", page.outlet.nav, '<a href="/{n}">{text}</a> ')}</nav>
<div class="account">{page.cut("header", "Log in")} <a href="/sub">{page.cut("header", "Subscribe for 99 a month")}</a></div></header>
<main id="main"><article><h1>{page.title}</h1><p class="standfirst">{page.summary}</p>
<address>{page.cut("byline", "By " + page.article.author)}</address> <span class="when">{page.cut("dateline", page.date("{month} {d}, {y} at {H}:{M} IST", "en"))}</span>
<div class="tools"><button>{page.cut("share", "Share this story")}</button><button>{page.cut("share", "Save for later")}</button><button>{page.cut("share", "Give as a gift")}</button></div>
{picture}
{chr(10).join(pieces)}
<div class="topics">{tags}</div></article>
<section class="promo-mail"><h3>{page.cut("newsletter", "The Tide, our morning letter")}</h3><p>{page.cut("newsletter", "Five stories before the first ferry. Free, every weekday.")}</p></section>
<section class="talk"><h3>{page.cut("comments", "Comments (2)")}</h3><div><b>{page.cut("comments", "quayside_ann")}</b><p>{page.cut("comments", "About time too. My brother has been anchored out there for days.")}</p><a>{page.cut("comments", "Reply")}</a></div>
<div><b>{page.cut("comments", "Old Salt")}</b><p>{page.cut("comments", "The Ledger gets it right for once.")}</p></div></section>
<section class="most"><h3>{page.cut("related", "Most read")}</h3><ol>{page.related(4, "most")}</ol></section></main>
<footer>{page.menu("footer", page.outlet.footer, '<a href="/x{n}">{text}</a> ')}<p>{page.cut("copyright", "© Coastal Ledger Company Limited. All rights reserved.")}</p></footer></body></html>
"""


def lokrang(page: Page) -> str:
    """Marathi; paragraphs as <p>, the related list in the middle of the story, date in <time> and in Devanagari digits."""
    pieces = page.blocks(
        lambda title: f'<p class="hv"><b>{page.cut("promo", "हेही वाचा")} :</b> <a href="/v">{title}</a></p>', heading="<h3>{}</h3>"
    )
    pieces.insert(3, f'<div class="mid-related"><b>{page.cut("related", "आणखी वाचा")}</b><ul>{page.related(3, "mid")}</ul></div>')
    shown = native_digits(page.date("Updated: {d} {month} {y} {H}:{M}", "mr", shown_in="time"), "mr")
    caption = f'<div class="imgcap">{page.cut("caption", page.article.caption)}</div>' if page.article.caption else ""
    return f"""<!DOCTYPE html><html lang="mr"><head><meta charset="utf-8"><title>{page.title} | लोकरंग</title>
<meta property="og:url" content="https://{page.outlet.host}/batmi/{page.article.id}"></head><body>
<div id="hd"><ul>{page.menu("nav", page.outlet.nav)}</ul></div>
<div id="story"><h1>{page.title}</h1><h2>{page.summary}</h2>
<div class="w"><a href="/author">{page.cut("byline", page.article.author + ", लोकरंग")}</a> <time datetime="{page.article.date}">{page.cut("dateline", shown)}</time></div>
<div class="sh">{page.cut("share", "फेसबुकवर शेअर करा")} | {page.cut("share", "व्हॉट्सॲपवर पाठवा")}</div>
<img src="/a.jpg" alt="">{caption}
<div class="txt">
{chr(10).join(pieces)}
<p class="join">{page.cut("app", "आमच्या टेलिग्राम चॅनेलला जॉइन व्हा")}</p>
</div>
<div class="tag">{page.cut("tags", "टॅग :")} {page.menu("tags", page.article.tags, '<a href="/t{n}">{text}</a> ')}</div></div>
<div id="side"><h4>{page.cut("related", "ताज्या बातम्या")}</h4><ul>{page.related(4, "side")}</ul></div>
<div id="ft">{page.menu("footer", page.outlet.footer, '<a href="/f{n}">{text}</a> ')}{page.cut("copyright", "© लोकरंग वृत्तसमूह")}</div></body></html>
"""


def neythal(page: Page) -> str:
    """Tamil; <div> paragraphs without classes, date in a meta name=publish-date, share words as text, promo in bold."""
    pieces = page.blocks(
        lambda title: f'<div><b>{page.cut("promo", "மேலும் படிக்க:")} <a href="/m">{title}</a></b></div>',
        "<div>{}</div>",
        "<div><b>{}</b></div>",
        "<div><i>{}</i></div>",
    )
    pieces.insert(2, f'<div class="ad">{page.cut("ad", "விளம்பரம்")}</div>')
    caption = f'<div class="c">{page.cut("caption", page.article.caption)}</div>' if page.article.caption else ""
    return f"""<!DOCTYPE html><html lang="ta"><head><meta charset="utf-8"><title>{page.title}</title>
<meta name="publish-date" content="{page.date("{iso}", shown_in="meta")}"><meta name="author" content="{html.escape(page.article.author)}"></head><body>
<header>{page.menu("nav", page.outlet.nav, '<a href="/{n}">{text}</a> ')}</header>
<div class="col"><h1>{page.title}</h1><div class="lead">{page.summary}</div>
<div class="d">{page.cut("dateline", page.date("{d} {month} {y}, {H}:{M}", "ta"))} | {page.cut("byline", page.article.author)}</div>
<div class="s">{page.cut("share", "முகநூலில் பகிர")} {page.cut("share", "ட்விட்டரில் பகிர")}</div><img src="/1.jpg" alt="">{caption}
<div class="matter">
{chr(10).join(pieces)}
</div>
<div class="rel"><h4>{page.cut("related", "தொடர்புடைய செய்திகள்")}</h4>{page.related(4, "rel", '<div class="r">{text}</div>')}</div>
<div class="cm">{page.cut("comments", "கருத்துகள் (0)")}</div></div>
<footer>{page.menu("footer", page.outlet.footer, '<a href="/f{n}">{text}</a> ')}<p>{page.cut("copyright", "© நெய்தல் செய்தி. அனைத்து உரிமைகளும் பாதுகாக்கப்பட்டவை.")}</p></footer></body></html>
"""


def gangapar(page: Page) -> str:
    """Bengali; paragraphs in <section> with <br> pairs, no metadata: the date only in Bengali digits and months."""
    pieces = page.blocks(
        lambda title: f'<strong>{page.cut("promo", "আরও পড়ুন:")}</strong> <a href="/n">{title}</a>',
        "{}",
        "<strong>{}</strong>",
        "<em>{}</em>",
        link=False,
    )
    stamp = native_digits(page.date("প্রকাশিত: {d} {month} {y}, {H}:{M}", "bn"), "bn")
    caption = f'<span class="cap">{page.cut("caption", page.article.caption)}</span>' if page.article.caption else ""
    return f"""<!DOCTYPE html><html lang="bn"><head><meta charset="utf-8"><title>{page.title} - গঙ্গাপার বার্তা</title></head><body>
<nav>{page.menu("nav", page.outlet.nav, '<a href="/{n}">{text}</a> ')}</nav>
<div class="body"><h1>{page.title}</h1><h3>{page.summary}</h3><p class="by">{page.cut("byline", page.article.author)}<br>{page.cut("dateline", stamp)}</p>
<p class="pic"><img src="/p.jpg" alt="">{caption}</p>
<section class="story">{"<br><br>".join(pieces)}</section>
<p class="fb">{page.cut("app", "সব খবর সবার আগে পেতে আমাদের ফেসবুক পাতা লাইক করুন")}</p>
<ul class="more"><li class="t">{page.cut("related", "সম্পর্কিত খবর")}</li>{page.related(4, "more")}</ul></div>
<footer>{page.menu("footer", page.outlet.footer, '<a href="/f{n}">{text}</a> ')}<p>{page.cut("copyright", "স্বত্ব © গঙ্গাপার বার্তা")}</p></footer></body></html>
"""


LAYOUTS = {"ledger": ledger, "lokrang": lokrang, "neythal": neythal, "gangapar": gangapar}
