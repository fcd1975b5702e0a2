"""The Hindi outlets that publish HTML: one function an outlet, each with the mark-up and leftovers of its kind."""
# The lines of a template are the lines of its page.

import html
import json
import unicodedata

from samples.page import Page, native_digits

NUKTA = {unicodedata.normalize("NFD", chr(letter)): chr(letter) for letter in range(0x958, 0x960)}


def composed(text: str) -> str:
    """Return the text with nukta letters as single characters, as some editorial systems write them."""
    for pair, letter in NUKTA.items():
        text = text.replace(pair, letter)
    return text


def json_ld(page: Page, kind: str = "NewsArticle") -> str:
    page.date("", shown_in="jsonld")
    data = {
        "@context": "https://schema.org",
        "@graph": [
            {"@type": "WebSite", "name": page.outlet.name, "url": f"https://{page.outlet.host}/"},
            {
                "@type": kind,
                "headline": page.article.title,
                "datePublished": page.article.date,
                "author": {"@type": "Person", "name": page.article.author or page.outlet.name},
                "publisher": {"@type": "Organization", "name": page.outlet.name},
            },
        ],
    }
    return json.dumps(data, ensure_ascii=False, indent=1)


def darpan(page: Page) -> str:
    """HTML5, a paragraph is a <p>; promo, advertisement and related list inside the article element; date in JSON-LD."""
    pieces = page.blocks(
        lambda title: f'<p><strong>{page.cut("promo", "यह भी पढ़ें:")}</strong> <a href="/n/77"><strong>{title}</strong></a></p>'
    )
    pieces.insert(2, f'<div class="adv-slot" id="adv-mid"><span>{page.cut("ad", "विज्ञापन")}</span><ins class="adsbox"></ins></div>')
    share = page.menu("share", ("फेसबुक पर भेजें", "व्हाट्सएप पर भेजें", "लिंक कॉपी करें"), '<li><a href="#s{n}">{text}</a></li>')
    figure = ""
    if page.article.caption:
        figure = f'<figure><img src="/img/lead.jpg" alt=""><figcaption>{page.cut("caption", page.article.caption)}</figcaption></figure>'
    tags = page.menu("tags", tuple("#" + tag.replace(" ", "_") for tag in page.article.tags), '<a rel="tag" href="/t/{n}">{text}</a> ')
    year = page.article.date[:4]
    return f"""<!DOCTYPE html>
<html lang="hi">
<head>
<meta charset="utf-8">
<title>{page.title} - {page.outlet.name}</title>
<link rel="canonical" href="https://{page.outlet.host}/news/{page.article.id}.html">
<meta name="description" content="{html.escape(page.article.summary)}">
<script type="application/ld+json">
{json_ld(page)}
</script>
<style>.adv-slot{{min-height:90px}} .lead{{font-size:19px}}</style>
<script>window.dataLayer=window.dataLayer||[];var cfg={{"section":"news","label":"ताज़ा खबर"}};</script>
</head>
<body class="story">
<div id="consent" style="display:none">{page.cut("hidden", "इस साइट पर कुकी का उपयोग होता है। आगे बढ़कर आप इससे सहमत होते हैं।")}</div>
<header><a href="/"><img src="/logo.svg" alt="{page.outlet.name}"></a>
<nav><ul>{page.menu("nav", page.outlet.nav)}</ul></nav></header>
<main>
<ol class="crumbs"><li><a href="/">{page.cut("nav", "मुखपृष्ठ")}</a></li><li><a href="/pradesh">{page.cut("nav", "प्रदेश")}</a></li></ol>
<article>
<h1>{page.title}</h1>
<p class="lead">{page.summary}</p>
<div class="byline">{page.cut("byline", "लेखक: " + page.article.author)}<br>{page.cut("dateline", page.date("अपडेट: {d} {month} {y}, {H}:{M} बजे"))}</div>
<ul class="share">{share}</ul>
{figure}
<div class="story-text">
{chr(10).join(pieces)}
</div>
<section class="also"><h3>{page.cut("related", "संबंधित समाचार")}</h3><ul>{page.related(4, "also")}</ul></section>
<p class="tags">{page.cut("tags", "विषय:")} {tags}</p>
<div class="nl"><h4>{page.cut("newsletter", "हर सुबह की पांच बड़ी खबरें अपने ईमेल पर पाएं")}</h4><input type="email"><button>{page.cut("newsletter", "जोड़ें")}</button></div>
</article>
<aside><h3>{page.cut("related", "सबसे ज्यादा पढ़ी गई")}</h3><ol>{page.related(5, "aside")}</ol></aside>
</main>
<footer><ul>{page.menu("footer", page.outlet.footer)}</ul><p>{page.cut("copyright", f"© {year} {page.outlet.name} प्रकाशन समूह। सर्वाधिकार सुरक्षित।")}</p></footer>
</body>
</html>
"""


def navsandesh(page: Page) -> str:
    """A soup of <div>; paragraphs parted by <br><br>, the promo between two of them; the date only in a line of text; cards without <a>."""
    pieces = page.blocks(
        lambda title: f'<b>{page.cut("promo", "ये भी पढ़ें-")}</b> <a href="/x"><b>{title}</b></a>',
        paragraph="{}",
        heading="<b>{}</b>",
        quote="<i>{}</i>",
        lists=("", "• {}<br>", ""),
    )
    pieces.insert(len(pieces) // 2, f'<span class="gads">{page.cut("ad", "Advertisement")}</span>')
    points = "".join(f"<div>{item}</div>" for item in page.highlights())
    marks = f'<div class="hl"><div class="hl-t">{page.cut("highlights", "ठळक मुद्दे")}</div>{points}</div>' if points else ""
    picture = (
        f'<div class="pic"><img src="/p.webp"><div class="cap">{page.cut("caption", page.article.caption)}</div></div>'
        if page.article.caption
        else ""
    )
    stamp = page.cut("byline", f"By {page.article.author} | " + page.date("Updated: {month} {dd}, {y} {H}:{M} IST", "en"))
    cards = page.related(5, "cards", '<div class="card" onclick="go({n})"><span>भारत</span><div class="ct">{text}</div></div>')
    more = page.related(3, "more", '<div class="card" onclick="go({n})"><div class="ct">{text}</div></div>')
    tags = "".join(f'<a href="/tag/{n}">{tag}</a>' for n, tag in enumerate(page.article.tags))
    if page.article.tags:
        page.leak("tags", "टॅग्स :" + "".join(page.article.tags))
    app = page.cut("app", "Open in App")
    return f"""<!DOCTYPE html><html><head><meta charset="UTF-8"><title>{page.title} | नवसंदेश</title><meta property="og:title" content="{html.escape(page.article.title)}"><meta property="og:url" content="https://{page.outlet.host}/{page.article.id}/"><script>var ads=[];function go(n){{}}</script></head>
<body><div class="top"><div class="mnu">{page.menu("nav", page.outlet.nav, '<div class="mi"><a href="/m{n}">{text}</a></div>')}</div></div>
<div class="live">{page.cut("header", "लाइव न्यूज़ :")}</div>
<div class="w"><div class="l"><h1>{page.title}</h1><div class="by">{stamp}</div>
<div class="sum">{page.summary}</div><div class="oa">{app}</div>{picture}{marks}
<div class="bd">{"<br><br>".join(pieces)}</div>
<div class="tg">टॅग्स :{tags}</div><div class="oa">{app}</div>
<div class="rl"><div class="h">{page.cut("related", "संबंधित खबरें")}</div>{cards}</div>
<div class="rl"><div class="h">{page.cut("related", "भारत अधिक खबरें")}</div>{more}</div></div>
<div class="r"><div class="h">{page.cut("ad", "प्रायोजित")}</div></div></div>
<div class="ft">{page.menu("footer", page.outlet.footer, '<span><a href="/f{n}">{text}</a></span> ')}<div>{page.cut("copyright", "Copyright © Navsandesh Media Pvt. Ltd.")}</div></div></body></html>
"""


def khabarpath(page: Page) -> str:
    """Full stops for dandas, promos as whole linked paragraphs, comments, an app call as the last paragraph; date in meta and twice in text."""
    pieces = page.blocks(
        lambda title: f'<p><span><a href="/y"><strong>{page.cut("promo", "ये भी पढ़ें:")} {title}</strong></a></span></p>',
        "<p><span>{}</span></p>",
        "<h3>{}</h3>",
    )
    pieces.insert(1, f'<div class="wp-ad"><p>{page.cut("ad", "विज्ञापन के बाद भी खबर जारी है")}</p></div>')
    pieces.insert(-1, '<div class="embed"><iframe src="about:blank" title="video"></iframe></div>')
    pieces.append(f"<p><em>{page.cut('app', 'खबरें सबसे पहले अपने मोबाइल पर पढ़ने के लिए खबर पथ का ऐप डाउनलोड करें.')}</em></p>")
    comments = "".join(
        f"<li><b>{page.cut('comments', name)}</b><p>{page.cut('comments', said)}</p></li>"
        for name, said in (("pathak_2211", "ये तो होना ही था, कोई सुनता कहां है!"), ("मुन्ना भाई", "बढ़िया रिपोर्टिंग, ऐसे ही लिखते रहिए."))
    )
    tags = page.menu("tags", page.article.tags, '<li><a href="/tag/{n}">{text}</a></li>')
    return f"""<!doctype html>
<html lang="hi-IN"><head>
<meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>{page.title}</title>
<meta property="og:title" content="{html.escape(page.article.title)}">
<meta property="article:published_time" content="{page.date("{iso}", shown_in="meta")}">
<meta property="og:url" content="https://{page.outlet.host}/{page.article.id}">
<noscript><img src="/pixel.gif" alt=""></noscript>
</head><body>
<div id="top-bar"><button>☰</button><ul class="menu-main">{page.menu("nav", page.outlet.nav)}</ul></div>
<div class="ticker"><span>{page.cut("header", "ब्रेकिंग न्यूज़")}</span><marquee>{page.related(2, "ticker", "{text} ", "header")}</marquee></div>
<main id="content"><h1 class="entry-title">{page.title}</h1>
<h2 class="excerpt">{page.summary}</h2>
<div class="meta"><span>{page.cut("byline", "Written By: " + page.article.author)}</span> <span>{page.cut("dateline", page.date("Published at : {dd} {mon} {y} {h}:{M} {ampm} (IST)", "en"))}</span></div>
<div class="social">{page.menu("share", ("शेयर करें", "ट्वीट करें", "फॉलो करें Google News पर"), '<a href="#{n}">{text}</a> ')}</div>
<div class="entry-content">
{chr(10).join(pieces)}
</div>
<p class="pub">{page.cut("dateline", page.date("First Published : {dd} {mon} {y}", "en"))}</p>
<ul class="tagcloud">{tags}</ul>
<div class="read-more"><h4>{page.cut("related", "और पढ़ें")}</h4>{page.related(4, "more", '<div><a href="/z{n}"><img src="/t.jpg" alt="">{text}</a></div>')}</div>
<div id="comments"><h4>{page.cut("comments", "पाठकों की राय (2)")}</h4><ul>{comments}</ul><form><textarea placeholder="अपनी राय लिखें"></textarea><button>{page.cut("comments", "राय भेजें")}</button></form></div>
</main>
<div class="modal" hidden><p>{page.cut("hidden", "सूचनाएं चालू करें और कोई खबर न चूकें")}</p></div>
<footer>{page.menu("footer", page.outlet.footer, '<a href="/{n}">{text}</a> | ')}<p>{page.cut("copyright", "© Khabar Path Digital. All rights reserved.")}</p></footer>
</body></html>
"""


def jandhara(page: Page) -> str:
    """Nukta letters are single characters (U+0958 to U+095F, not NFC). Paragraphs are <div>s, the date stands in <time datetime> and, in Devanagari digits, in its text; related items are plain <li>."""
    pieces = page.blocks(
        lambda title: f'<div class="para see"><em>{page.cut("promo", "इसे भी पढ़ें")}</em>: {title}</div>',
        '<div class="para">{}</div>',
        '<div class="subhead">{}</div>',
        '<div class="para quote">{}</div>',
        ("<ol>", "<li>{}</li>", "</ol>"),
    )
    if page.article.caption:
        caption, _, credit = page.article.caption.partition(" चित्र: ")
        credit = f"<small>{page.cut('credit', 'चित्र: ' + credit)}</small>" if credit else ""
        pieces.insert(
            1, f'<figure><img src="/media/1.jpg" alt=""><figcaption>{page.cut("caption", caption)} {credit}</figcaption></figure>'
        )
    pieces.append(
        f'<div class="para support">{page.cut("newsletter", "जनधारा पाठकों के चंदे से चलता है, आज ही सदस्य बनें।")} <a href="/join">{page.cut("newsletter", "सदस्यता लें")}</a></div>'
    )
    shown = native_digits(page.date("{d} {month} {y}, {H}:{M}", shown_in="time"), "hi")
    return composed(f"""<!DOCTYPE html>
<html lang="hi"><head><meta charset="utf-8"><title>{page.title} · जनधारा</title>
<link rel="canonical" href="https://{page.outlet.host}/lekh/{page.article.id}"></head>
<body>
<header class="masthead"><div class="brand">जनधारा</div><nav>{page.menu("nav", page.outlet.nav, '<a href="/{n}">{text}</a>')}</nav></header>
<div class="page"><section class="content">
<h1>{page.title}</h1>
<div class="info"><span class="who">{page.cut("byline", page.article.author)}</span> · <time datetime="{page.article.date}">{page.cut("dateline", shown)}</time></div>
<div class="sharebar"><span>{page.cut("share", "साझा करें")}</span><svg></svg><svg></svg><span>{page.cut("share", "छापें")}</span></div>
{chr(10).join(pieces)}
<div class="similar"><div class="label">{page.cut("related", "इसी विषय पर")}</div><ul>{page.related(4, "similar", "<li>{text}</li>")}</ul></div>
<div class="responses">{page.cut("comments", "टिप्पणी (0)")}</div>
</section>
<section class="rail"><div class="label">{page.cut("related", "चुनिंदा लेख")}</div><ul>{page.related(3, "rail", "<li>{text}</li>")}</ul></section></div>
<footer>{page.menu("footer", page.outlet.footer, '<a href="/p{n}">{text}</a> ')}<div>{page.cut("copyright", "लेखों का पुनर्प्रकाशन स्रोत के उल्लेख के साथ किया जा सकता है।")}</div></footer>
</body></html>
""")


def vindhya(page: Page) -> str:
    """An old page of nested tables, <font> and unclosed <p>; the related list is bare text with guillemets; date in meta name=date and as dd/mm/yyyy."""
    pieces = page.blocks(
        lambda title: f'<p align="justify"><font color="red">{page.cut("promo", "यह भी देखें »")}</font> {title}</p>',
        '<p align="justify"><font size="3">{}</font>',
        '<p><b><font size="4">{}</font></b></p>',
        '<p align="justify"><i>{}</i></p>',
        link=False,
    )
    return f"""<HTML><HEAD><META http-equiv="Content-Type" content="text/html; charset=utf-8">
<TITLE>:: विंध्य टाइम्स :: {page.title}</TITLE>
<META name="date" content="{page.date("{iso}", time=False, shown_in="meta")}"></HEAD>
<BODY bgcolor="#ffffff"><CENTER>
<TABLE width="980" border="0"><TR><TD colspan="3"><IMG src="/banner.gif"></TD></TR>
<TR bgcolor="#990000"><TD colspan="3"><FONT color="white">{page.menu("nav", page.outlet.nav, '<A href="/{n}.asp"><FONT color="white">{text}</FONT></A> | ')}</FONT></TD></TR>
<TR valign="top"><TD width="150"><TABLE>{page.related(4, "left", '<TR><TD><A href="/s{n}.asp">{text}</A></TD></TR>')}</TABLE></TD>
<TD width="600"><TABLE cellpadding="6"><TR><TD><FONT size="6"><B>{page.title}</B></FONT></TD></TR>
<TR><TD><FONT size="2">{page.cut("dateline", page.date("दिनांक: {dd}/{m}/{y}"))} &nbsp; {page.cut("byline", "(" + page.article.author + ")")} &nbsp; {page.cut("share", "प्रिंट करें")} | {page.cut("share", "मित्र को भेजें")} | {page.cut("share", "अक्षर बड़ा करें")}</FONT></TD></TR>
<TR><TD>
{chr(10).join(pieces)}
</TD></TR>
<TR><TD><B>{page.cut("related", "अन्य खबरें")}</B><BR>{page.related(5, "other", "» {text}<BR>")}</TD></TR></TABLE></TD>
<TD width="230">{page.cut("ad", "यहां विज्ञापन दें, संपर्क 0000-000000")}</TD></TR>
<TR><TD colspan="3" align="center">{page.menu("footer", page.outlet.footer, '<A href="/f{n}.asp">{text}</A> &nbsp;')}<BR>{page.cut("copyright", "© विंध्य टाइम्स, राजनगरी")}<BR>{page.cut("footer", "आप पाठक संख्या 0048213 हैं")}</TD></TR></TABLE></CENTER></BODY></HTML>
"""


LAYOUTS = {"darpan": darpan, "navsandesh": navsandesh, "khabarpath": khabarpath, "jandhara": jandhara, "vindhya": vindhya}
