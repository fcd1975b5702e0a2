"""What is put into an article and is not of it goes, and what is of it stays whole."""

import pytest
from test_html import BODY, LAST, LEAD, SECOND, THIRD, TITLE, removed, stripped

CUES = {
    "hi": ("ये भी पढ़ें", "सोने के दाम में भारी गिरावट, जानें ताजा भाव"),
    "en": ("Also Read", "Gold falls to its lowest price of the year"),
    "mr": ("हे देखील वाचा", "सोन्याच्या दरात मोठी घसरण, जाणून घ्या आजचे भाव"),
    "bn": ("আরও পড়ুন", "সোনার দামে বড় পতন, জেনে নিন আজকের দাম"),
    "ta": ("மேலும் படிக்க", "தங்கம் விலை கடும் சரிவு, இன்றைய விலை என்ன"),
    "ur": ("یہ بھی پڑھیں", "سونے کی قیمت میں بڑی کمی، جانیے آج کا بھاؤ"),
}


def article(insert="", head=f"<h1>{TITLE}</h1>", title=f"{TITLE} - सूर्योदय टाइम्स", before=""):
    return (
        f"<!DOCTYPE html><html lang=hi><head><meta charset=utf-8><title>{title}</title></head><body>{before}"
        f"<article>{head}<p>{LEAD}</p><p>{SECOND}</p>{insert}<p>{THIRD}</p><p>{LAST}</p></article></body></html>"
    )


ARTICLE_TEXT = [LEAD, SECOND, THIRD, LAST]


@pytest.mark.parametrize("lang", CUES)
def test_a_paragraph_that_is_nothing_but_a_promo_goes_without_a_colon(lang):
    cue, headline = CUES[lang]
    for promo in (
        f"<strong>{cue}</strong> <a href=/1>{headline}</a>",
        f"<strong>{cue}</strong><a href=/1>{headline}</a>",
        f"{cue} <a href=/1>{headline}</a>",
        f"<strong>{cue} </strong>{headline}",
    ):
        row = stripped(article(f"<p>{promo}</p>"))
        assert row["text"].split("\n") == ARTICLE_TEXT, promo
        assert any(headline in text for text in removed(row, "related")), promo


def test_a_sentence_that_begins_with_the_words_of_a_promo_stays():
    for sentence in (
        "ये भी पढ़ें लेकिन समझें <a href=/1>पुल की पूरी कहानी</a> क्योंकि इसके बनने में चार साल लगे।",
        "<b>ये भी पढ़ें</b> और समझें कि पुल के बनने में चार साल क्यों लगे। काम कई बार रुका।",
    ):
        assert len(stripped(article(f"<p>{sentence}</p>"))["text"].split("\n")) == 5, sentence


HIDDEN = "यह पाठ पाठकों को नहीं दिखता और लेख का हिस्सा नहीं है। इसमें पुल के बारे में कुछ बातें हैं।"


@pytest.mark.parametrize(
    "around",
    ["<template><p>{}</p></template>", "<noscript><p>{}</p></noscript>", "<div style='display:none'><p>{}</p></div>", "<p hidden>{}</p>"],
)
def test_what_no_reader_sees_goes_from_between_paragraphs(around):
    row = stripped(article(around.format(HIDDEN)))
    assert row["text"].split("\n") == ARTICLE_TEXT
    assert removed(row, "hidden") == [HIDDEN]


def test_an_article_that_is_hidden_until_it_is_paid_for_is_read():
    body = "".join(f"<p>{part}</p>" for part in BODY[1:])
    row = stripped(f"<title>{TITLE}</title><body><h1>{TITLE}</h1><p>{LEAD}</p><div style='display:none'>{body}</div></body>")
    assert row["text"].split("\n") == list(BODY)


@pytest.mark.parametrize("nav", ["<nav><a href=/>A</a></nav>", "<div><b>शेयर करें</b></div>"])
@pytest.mark.parametrize(
    "body",
    [
        ("नदीवरील नवा पूल रविवारी खुला करण्यात आला आहे.", "गावातील लोकांना आता मोठा दिलासा मिळणार आहे."),
        ("ஆற்றின் மீது புதிய பாலம் ஞாயிற்றுக்கிழமை திறக்கப்பட்டது.", "கிராம மக்களுக்கு இது பெரிய நிம்மதி அளிக்கிறது."),
        ("ನದಿಯ ಮೇಲಿನ ಹೊಸ ಸೇತುವೆ ಭಾನುವಾರ ತೆರೆಯಲಾಯಿತು.", "ಗ್ರಾಮದ ಜನರಿಗೆ ಇದರಿಂದ ದೊಡ್ಡ ನೆಮ್ಮದಿ ಸಿಕ್ಕಿದೆ."),
        ("പുഴയ്ക്ക് കുറുകെയുള്ള പുതിയ പാലം ഞായറാഴ്ച തുറന്നു.", "ഗ്രാമത്തിലെ ജനങ്ങൾക്ക് ഇത് വലിയ ആശ്വാസമാണ്."),
        ("নদীর উপর নতুন সেতু রবিবার খুলে দেওয়া হয়েছে।", "গ্রামের মানুষ এতে বড় স্বস্তি পেয়েছেন।"),
        ("ନଦୀ ଉପରେ ନୂଆ ସେତୁ ରବିବାର ଖୋଲାଗଲା।", "ଗ୍ରାମବାସୀଙ୍କୁ ଏଥିରେ ବଡ଼ ଆଶ୍ୱସ୍ତି ମିଳିଛି।"),
    ],
)
def test_a_short_article_is_no_list_under_the_buttons_of_its_page(nav, body):
    paragraphs = "".join(f"<p>{part}</p>" for part in body)
    title = body[0][:15].strip()
    for box in ("article", "main", "div"):
        row = stripped(f"<title>{title}</title><body>{nav}<{box}><h1>{title}</h1>{paragraphs}</{box}></body>")
        assert row["text"].split("\n") == list(body), box


@pytest.mark.parametrize(
    "rows",
    [
        [("शहर", "22 कैरेट", "24 कैरेट"), ("दिल्ली", "₹71,200", "₹77,650"), ("मुंबई", "₹71,050", "₹77,500"), ("चेन्नई", "₹71,100", "₹77,560")],
        [("शहर", "अधिकतम", "न्यूनतम"), ("दिल्ली", "38", "24"), ("लखनऊ", "37", "23"), ("पटना", "35", "25")],
        [("दल", "सीटें"), ("झील पार्टी", "45"), ("नदी संघ", "32"), ("अन्य", "3")],
    ],
)
def test_a_table_of_data_between_paragraphs_keeps_all_its_cells(rows):
    table = "".join("<tr>" + "".join(f"<td>{cell}</td>" for cell in row) + "</tr>" for row in rows)
    row = stripped(article(f"<table>{table}</table>"))
    assert row["text"].split("\n") == [LEAD, SECOND, *(cell for cells in rows for cell in cells), THIRD, LAST]


def test_the_logo_in_the_first_heading_is_no_headline():
    headline, site = "पुल खुला, लोगों को राहत", "सूर्योदय टाइम्स"
    logo = f"<h1><a href=/>{site}</a></h1>"
    for head, before in (
        (logo + f"<h2>{headline}</h2>", ""),
        (f"<h2>{headline}</h2>", logo),
        (f"<h2>{headline}</h2>", f"<header><h1>{site}</h1></header>"),
    ):
        row = stripped(article("", head, f"{headline} - {site}", before))
        assert (row["title"], row["text"].split("\n")) == (headline, ARTICLE_TEXT), head
        full = stripped(article("", head, f"{headline} - {site}", before), mode="full")
        assert full["text"].split("\n")[0] == headline


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_utf_16_without_its_mark_is_read(encoding):
    for meta in ("", "<meta charset=utf-16>"):
        for before in ("", f"<!-- {LEAD} -->"):
            row = stripped((before + article("", f"{meta}<h1>{TITLE}</h1>")).encode(encoding))
            assert (row["title"], row["text"].split("\n")) == (TITLE, ARTICLE_TEXT)


@pytest.mark.parametrize(
    "byline",
    [
        "<div itemprop=author itemscope><span itemprop=name>फारूक डार</span><span itemprop=jobTitle>विशेष संवाददाता</span></div>",
        "<div class=meta><a rel=author href=/a>फारूक डार</a> <time datetime=2026-05-01>1 मई 2026</time></div>",
        "<div class=author>Written By <a href=/x>फारूक डार</a> Edited By <a href=/y>रवि सेन</a></div>",
    ],
)
def test_a_byline_names_its_writer_alone(byline):
    row = stripped(article("", f"<h1>{TITLE}</h1>{byline}"))
    assert (row["author"], row["text"].split("\n")) == ("फारूक डार", ARTICLE_TEXT)


def test_the_site_is_what_the_linked_data_calls_it():
    data = (
        '<script type="application/ld+json">{"@graph": [{"@type": "WebSite", "name": "सूर्योदय टाइम्स"},'
        f' {{"@type": "NewsArticle", "headline": "{TITLE}"}}]}}</script>'
    )
    assert stripped(article("", f"<h1>{TITLE}</h1>", before=data))["site"] == "सूर्योदय टाइम्स"


TOPICS = {
    "hi": ("पुल", "झील नगर"),
    "en": ("Bridges", "Lake town"),
    "ta": ("பாலம்", "ஏரி நகரம்"),
    "ur": ("پل", "جھیل نگر"),
}


@pytest.mark.parametrize("lang", TOPICS)
def test_links_to_topics_below_the_article_go(lang):
    links = [f"<a href=/t/{at}>{topic}</a>" for at, topic in enumerate(TOPICS[lang])]
    marked = [link.replace("<a ", "<a rel=tag ") for link in links]
    for topics in (
        "<ul class='td-tags td-post-small-box'><li>" + "<li>".join(links) + "</ul>",
        "<div class=tags-list>" + " ".join(links) + "</div>",
        "<ul><li>" + "<li>".join(marked) + "</ul>",
        "<p>" + ", ".join(marked) + "</p>",
        "<p>Tags: " + " | ".join(marked) + "</p>",
    ):
        row = stripped(article().replace("</article>", topics + "</article>"))
        assert row["text"].split("\n") == ARTICLE_TEXT, topics


@pytest.mark.parametrize(
    ("lang", "piece"), [("hi", "लिंक खोलने के लिए दबाएं"), ("en", "opens in a new window"), ("bn", "নতুন জানালায় খুলবে"), ("fr", "nouvelle fenêtre")]
)
@pytest.mark.parametrize(
    "hidden",
    [
        "<span style='display:none'>{}</span>",
        "<span hidden>{}</span>",
        "<b class=sr-only>{}</b>",
        "<a href=/1><span class='visually-hidden'>{}</span></a>",
    ],
)
def test_a_hidden_piece_of_a_paragraph_goes(lang, piece, hidden):
    split = THIRD.index("।") + 2
    row = stripped(article().replace(THIRD, THIRD[:split] + hidden.format(piece) + " " + THIRD[split:]))
    assert row["text"].split("\n") == ARTICLE_TEXT
    assert removed(row, "hidden") == [piece]


def test_a_paragraph_that_is_folded_up_stays_whole():
    half = len(THIRD) // 2
    folded = f"{THIRD[:half]}<span style='display:none'>{THIRD[half:]} {SECOND}</span>"
    assert SECOND in stripped(article().replace(THIRD, folded))["text"].split(THIRD[:half])[1]


@pytest.mark.parametrize("place", ["{{ item.title }}", "{{#each}} {{name}}", "लेखक ${author}", "&lt;%= date %&gt;", "{% share %}"])
def test_a_place_that_nothing_filled_goes(place):
    assert stripped(article(f"<p>{place}</p>"))["text"].split("\n") == ARTICLE_TEXT


@pytest.mark.parametrize(
    ("site", "headline"),
    [("सूर्योदय टाइम्स", "पुल खुला, लोगों को राहत"), ("Lake Times", "Bridge opens after four years"), ("El Lago", "Se abre el puente del lago")],
)
def test_the_headline_of_a_page_that_states_its_site_alone_stands_above_the_article(site, headline):
    for stated in ("", f"<meta property='og:title' content='{site}'>", f"<meta property='og:site_name' content='{site}'>"):
        for logo in (f"<h1><a href=/>{site}</a></h1>", f"<div class=logo>{site}</div>"):
            if "site_name" not in stated and "div" in logo:
                continue
            for head in (f"<h2>{headline}</h2>", f"<div><h3>{headline}</h3></div>"):
                row = stripped(article("", head, site, stated + logo))
                assert (row["title"], row["text"].split("\n")) == (headline, ARTICLE_TEXT), (stated, logo, head)


def test_the_paragraphs_of_a_gallery_stay_and_their_credits_go():
    for slide in (
        "<figure><img src=/1.jpg><figcaption><p>{}</p><p>फोटो: अ. दास</p></figcaption></figure>",
        "<div class=gallery-slide><img src=/1.jpg><p class=caption>{} (फोटो: अ. दास)</p></div>",
        "<div class=slide><img src=/1.jpg><div class=caption>{}</div><div class=credit>PTI</div></div>",
    ):
        paragraphs = "".join(slide.format(part) for part in ARTICLE_TEXT)
        row = stripped(f"<html lang=hi><title>{TITLE} - सूर्योदय टाइम्स</title><body><article><h1>{TITLE}</h1>{paragraphs}</article></body>")
        assert row["text"].split("\n") == ARTICLE_TEXT, slide


SHELL = "<div id=root></div><noscript>You need to enable JavaScript to run this app.</noscript>"


@pytest.mark.parametrize("gap", ["\\n", "\\n\\n", "</p><p>", "&lt;/p&gt;&lt;p&gt;"])
def test_the_article_of_a_page_that_shows_none_is_the_one_that_it_states(gap):
    body = gap.join(ARTICLE_TEXT)
    data = f'{{"@type": "NewsArticle", "headline": "{TITLE}", "author": {{"name": "फारूक डार"}}, "articleBody": "{body}"}}'
    script = f"<script type='application/ld+json'>{data}</script>"
    row = stripped(f"<html lang=hi><head><title>{TITLE}</title>{script}</head><body>{SHELL}</body></html>")
    assert row["text"].split("\n") == ARTICLE_TEXT
    assert (row["title"], row["author"], [span["reason"] for span in row["kept"]]) == (TITLE, "फारूक डार", ["declared"])
    # What a page shows is its article, and where it shows half of it.
    for shown in (ARTICLE_TEXT, ARTICLE_TEXT[:2]):
        text = "".join(f"<p>{part}</p>" for part in shown)
        row = stripped(
            f"<html lang=hi><head><title>{TITLE}</title>{script}</head><body><article><h1>{TITLE}</h1>{text}</article></body></html>"
        )
        assert (row["text"].split("\n"), "declared" in [span["reason"] for span in row["kept"]]) == (shown, False)
