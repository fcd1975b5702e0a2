"""What ends a text and is none of it: notes in brackets, sources, pointers to what is no longer below; and the near neighbours that stay."""

import pytest

import dedup

HINDI = "नदी का जलस्तर रात भर में दो मीटर बढ़ गया और प्रशासन ने निचले इलाकों के लोगों को स्कूलों में ठहराया है।"
HINDI_LAST = "राहत शिविरों में तीन दिन का भोजन रखा है और पुराना पुल गिरने से किसी को चोट नहीं आई।"
NEPALI = "नदीको बहाव रातभरमा दुई मिटर बढेको छ र प्रशासनले तल्लो बस्तीका मानिसलाई विद्यालयमा राखेको छ ।"
NEPALI_LAST = "शिविरमा तीन दिनको खाना छ र पुरानो पुल भाँचिँदा कसैलाई चोट लागेको छैन ।"
BENGALI = "নদীর জল রাতারাতি দুই মিটার বেড়ে গেছে এবং প্রশাসন নিচু এলাকার মানুষকে স্কুলে নিয়ে গেছে।"
BENGALI_LAST = "ত্রাণ শিবিরে তিন দিনের খাবার রাখা আছে এবং পুরনো সেতু ভেঙে কেউ আহত হননি।"
URDU = "دریا کا پانی رات بھر میں دو میٹر بڑھ گیا اور انتظامیہ نے نچلے علاقوں کے لوگوں کو اسکولوں میں ٹھہرایا ہے۔"
URDU_LAST = "کیمپوں میں تین دن کا کھانا موجود ہے اور پرانا پل گرنے سے کوئی زخمی نہیں ہوا۔"


def stripped(text: str) -> str:
    once = dedup.strip(text=text).text
    assert dedup.strip(text=once).text == once
    return once


@pytest.mark.parametrize(
    ("first", "last", "note"),
    [
        (HINDI, HINDI_LAST, "(प्रस्तुति: मीना कुमारी)"),
        (HINDI, HINDI_LAST, "(अनुवाद : रमेश वर्मा)"),
        (HINDI, HINDI_LAST, "(लेखिका सिंचाई विभाग की पूर्व निदेशक हैं)"),
        (HINDI, HINDI_LAST, "(घाटी के बुजुर्गों से बातचीत पर आधारित)"),
        (HINDI, HINDI_LAST, "(बीबीसी घाटी दुनिया भर की खबरों पर नजर रखता है।)"),
        (HINDI, HINDI_LAST, "(तस्वीरें परिवार की ओर से दी गई हैं।)"),
        (NEPALI, NEPALI_LAST, "(लेखक सिँचाइ विभागका पूर्व प्रमुख हुन् ।)"),
        (NEPALI, NEPALI_LAST, "(घाटीको उपन्यास ‘बाढी’को अंश)"),
        (NEPALI, NEPALI_LAST, "(घाटी न्युजपेपरबाट)"),
        (BENGALI, BENGALI_LAST, "(লেখাটি প্রথম ছাপা হয়েছিল গত বছর।)"),
        (URDU, URDU_LAST, "(مصنف محکمہ آبپاشی کے سابق سربراہ ہیں)"),
    ],
)
def test_a_note_in_brackets_at_the_end_goes(first: str, last: str, note: str) -> None:
    assert stripped(f"{first}\n{last}\n{note}") == f"{first}\n{last}"
    assert stripped(f"{first}\n{last} {note}") == f"{first}\n{last}"


@pytest.mark.parametrize(
    ("first", "last", "note"),
    [
        (HINDI, HINDI_LAST, "(आंकड़े शाम पांच बजे तक के हैं)"),
        (HINDI, HINDI_LAST, "(कुछ लोगों के नाम बदल दिए गए हैं)"),
        (HINDI, HINDI_LAST, "(लेखक ने पुल पर एक किताब भी छापी थी)"),
        (HINDI, HINDI_LAST, "(हाल ही में नदी का तटबंध भी ऊंचा किया गया था)"),
        (HINDI, HINDI_LAST, "(30 जून तक)"),
        (HINDI, HINDI_LAST, "(भाषा के जानकार इस नाम को पुराना मानते हैं)"),
        (HINDI, HINDI_LAST, "(एजेंसी के पास बीस नावें और दो हेलीकॉप्टर हैं)"),
        (HINDI, HINDI_LAST, "(तस्वीर अब भी साफ नहीं हो पाई है)"),
        (HINDI, HINDI_LAST, "(निजी अस्पताल इस सूची में शामिल नहीं हैं)"),
        (HINDI, HINDI_LAST, "(बातचीत अगले हफ्ते फिर शुरू होगी)"),
        (HINDI, HINDI_LAST, "(नाटक की प्रस्तुति शाम छह बजे होगी)"),
        (HINDI, HINDI_LAST, "(पुस्तक का अनुवाद बीस भाषाओं में हुआ है)"),
        (HINDI, HINDI_LAST, "(लेखक की मृत्यु पिछले साल हुई थी)"),
        (HINDI, HINDI_LAST, "(गांव का हाल अब भी बुरा है)"),
        (NEPALI, NEPALI_LAST, "(घाइतेहरू हाल अस्पतालमा छन्)"),
        (NEPALI, NEPALI_LAST, "(कारखानामा दुई सय मानिस कार्यरत छन्)"),
        (NEPALI, NEPALI_LAST, "(मृतक दुवै तल्लो बस्ती निवासी थिए)"),
        (NEPALI, NEPALI_LAST, "(यो विवरण सोमबार साँझसम्मको हो)"),
        (NEPALI, NEPALI_LAST, "(पुलको लम्बाइ दुई सय मिटर थियो)"),
        (BENGALI, BENGALI_LAST, "(সেতুটি গড়া হয়েছিল ষাট বছর আগে)"),
        # what happened to writers, the dead, pictures
        (HINDI, HINDI_LAST, "(लेखक को पांच हजार रुपये मिलेंगे।)"),
        (HINDI, HINDI_LAST, "(लेखिका पर मुकदमा अभी चल रहा है)"),
        (HINDI, HINDI_LAST, "(लेखकों की सूची में चार महिलाएं शामिल हैं।)"),
        (HINDI, HINDI_LAST, "(वीडियो फुटेज पुलिस के पास उपलब्ध है।)"),
        (HINDI, HINDI_LAST, "(उसने यह पत्र मित्र की डायरी से साभार उद्धृत किया।)"),
        (HINDI, HINDI_LAST, "(घायल सभी इसी गांव के निवासी और कारखाने में कार्यरत हैं)"),
        (NEPALI, NEPALI_LAST, "(मृतक पोखराका निवासी हुन्)"),
        (NEPALI, NEPALI_LAST, "(घाइते दुबै जना सोही कारखानामा कार्यरत हुन्)"),
        (NEPALI, NEPALI_LAST, "(हाल बाटो बन्द)"),
        (NEPALI, NEPALI_LAST, "(लेखक संघका अध्यक्षले राजीनामा दिएका छन्।)"),
        (BENGALI, BENGALI_LAST, "(লেখিকা জামিন পেয়েছেন)"),
        (BENGALI, BENGALI_LAST, "(লেখাটি পুলিশ বাজেয়াপ্ত করেছে।)"),
        (URDU, URDU_LAST, "(مصنف کو عدالت نے طلب کیا ہے۔)"),
        (URDU, URDU_LAST, "(پل ساٹھ سال پہلے بنا تھا)"),
    ],
)
def test_what_a_bracket_at_the_end_tells_stays(first: str, last: str, note: str) -> None:
    for text in (f"{first}\n{last}\n{note}", f"{first}\n{last} {note}"):
        assert stripped(text) == text


def test_a_note_in_brackets_further_up_stays() -> None:
    for note in ("(लेखिका सिंचाई विभाग की पूर्व निदेशक हैं)", "(घाटी के बुजुर्गों से बातचीत पर आधारित)"):
        text = f"{HINDI}\nमेले में एक नाटक {note} खेला गया और सैकड़ों लोग उसे देखने आए थे।\n{HINDI_LAST}"
        assert stripped(text) == text


@pytest.mark.parametrize(
    "source",
    [
        "घाटी टाइम्सबाट",
        "– सीता पौडेलबाट",
        "घाटी दैनिकबाट",
        "-घाटी टेलिभिजनबाट अनुदित",
        "सिएनएन",
        "राससकाे सहयाेगमा",
        "श्रोत: घाटी पत्रिका",
        "तस्वीरहरु : सीता पौडेल",
        "हेर्नुहोस् घाइतेको सूची",
        "हेर्नुस् पुल भाँचिएको भिडियो",
        "बाढीको पूरा विवरण हेर्नुस्",
        "भिडियो",
        "शिविरका केही तस्वीरहरू",
    ],
)
def test_a_source_and_a_pointer_below_the_last_paragraph_go(source: str) -> None:
    assert stripped(f"{NEPALI}\n{NEPALI_LAST}\n{source}") == f"{NEPALI}\n{NEPALI_LAST}"


@pytest.mark.parametrize("source", ["घाटी टाइम्सबाट", "-घाटी टेलिभिजनबाट अनुदित", "हेर्नुस् पुल भाँचिएको भिडियो"])
def test_a_source_behind_the_last_full_stop_goes(source: str) -> None:
    assert stripped(f"{NEPALI}\n{NEPALI_LAST} {source}") == f"{NEPALI}\n{NEPALI_LAST}"


@pytest.mark.parametrize(
    "line",
    [
        # a subheading, an entry, a sentence
        "भिडियो",
        "गाउँ गाउँबाट",
        "हेर्नुस् बाढी कसरी आयो",
        "शिविरका केही तस्वीरहरू",
    ],
)
def test_the_same_between_two_paragraphs_stays(line: str) -> None:
    text = f"{NEPALI}\n{line}\n{NEPALI_LAST}"
    assert stripped(text) == text


@pytest.mark.parametrize(
    "last",
    [
        "मानिसहरू अहिले पनि त्यहाँबाट",
        "बस रामपुरबाट बिहान सात बजे र पोखराबाट दिउँसो दुई बजे छुट्छ",
        "उनले बाढी आफ्नै आँखाले हेर्नुस् भने",
        "पुल भाँचिएको यो भिडियो हो",
        "१. रामपुरबाट",
        "२०८० सालबाट",
        "उद्धार हेलिकप्टरबाट",
        "मतगणना बिहानैबाट",
        "यात्रा पोखराबाट",
        "सरकारले भन्यो, ‘रिपोर्ट हेरौं’",
        "हेरौं सरकारले के गर्छ",
        "अदालतमा पेश भयो भिडियो",
    ],
)
def test_a_last_sentence_that_broke_off_stays(last: str) -> None:
    text = f"{NEPALI}\n{NEPALI_LAST}\n{last}"
    assert stripped(text) == text


@pytest.mark.parametrize(
    ("text", "left"),
    [
        (
            'मंत्री ने कहा, "पुल नया बनेगा और सड़क भी चौड़ी होगी."(घाटी में कैसे आई बाढ़)अगले दिन वह शिविर में गए और लोगों से मिले.',
            'मंत्री ने कहा, "पुल नया बनेगा और सड़क भी चौड़ी होगी." अगले दिन वह शिविर में गए और लोगों से मिले.',
        ),
        (
            "पुल रात में गिरा और सड़क बंद हो गई।(बाढ़ की पूरी कहानी)प्रशासन ने लोगों को स्कूलों में ठहराया है।",
            "पुल रात में गिरा और सड़क बंद हो गई। प्रशासन ने लोगों को स्कूलों में ठहराया है।",
        ),
        (
            "The bridge fell at night and the road was closed.(How the flood came to the valley)The town moved its people.",
            "The bridge fell at night and the road was closed. The town moved its people.",
        ),
    ],
)
def test_a_bracket_that_no_space_parts_on_either_side_goes(text: str, left: str) -> None:
    assert stripped(text).replace(" ", "") == left.replace(" ", "")


@pytest.mark.parametrize(
    "text",
    [
        "पुल रात में गिरा और सड़क बंद हो गई। (यह पुल साठ साल पहले बना था) प्रशासन ने लोगों को स्कूलों में ठहराया है।",
        "पुल रात में गिरा और सड़क बंद हो गई।(यह पुल साठ साल पहले बना था) प्रशासन ने लोगों को स्कूलों में ठहराया है।",
        "पुल रात में गिरा और सड़क बंद हो गई। (हंसते हुए)मैं क्या कहूं, अब नाव से ही सब लोग आते जाते हैं।",
        "पुल 1960 में बना था.(1 मई 1960 को)प्रशासन ने लोगों को स्कूलों में ठहराया है और भोजन भी दिया है.",
        "पुल रात में गिरा।(वह घर पर नहीं था)फिर तलाश शुरू हुई और लोगों को स्कूलों में ठहराया गया।",
        "पुल रात में गिरा।(अदालत में मौजूद लोग हंसे)इसके बाद सुनवाई आगे बढ़ी और वकील ने अपनी बात कही।",
        "The minister left the hall.(He had not been asked)Nobody in the hall said a word about the bridge.",
        "पुल रात में गिरा।(क)प्रशासन ने लोगों को स्कूलों में ठहराया है और तीन दिन का भोजन भी दिया है।",
        "नए पुल(घाटी का सबसे लंबा)पर लोग जमा हुए और मंत्री ने वहां एक सभा में सबको धन्यवाद दिया।",
        "The call f.get(some name)Returns the file that was asked for, and the program then reads the whole of it.",
        "He lived in the U.S.(United States of America)Later he moved to the valley and wrote about the old bridge.",
    ],
)
def test_a_bracket_that_belongs_to_its_sentence_stays(text: str) -> None:
    assert stripped(text) == text


@pytest.mark.parametrize("city", ["नई दिल्ली। ", "वाराणसी। ", "दिल्ली। मुंबई। ", "दिल्ली। राम कुमार, पटना। ", "लखनऊ। नवाबों का शहर। "])
def test_a_city_that_is_a_sentence_below_the_head_of_the_text_stays(city: str) -> None:
    text = f"{HINDI}\n{city}{HINDI_LAST}\n{HINDI_LAST} फिर बारिश हुई।"
    assert stripped(text) == text


@pytest.mark.parametrize(
    ("text", "left"),
    [
        (
            f"{BENGALI}\n{BENGALI_LAST} সূত্র ও ছবি: উপত্যকা বার্তা।",
            f"{BENGALI}\n{BENGALI_LAST}",
        ),
        (f"{BENGALI}\n{BENGALI_LAST}\nআবেদনের নিয়ম জানতে ক্লিক করুন এ লিংকে", f"{BENGALI}\n{BENGALI_LAST}"),
        (f"{BENGALI}\n{BENGALI_LAST}\nইংরেজি থেকে সংক্ষিপ্ত আকারে অনূদিত", f"{BENGALI}\n{BENGALI_LAST}"),
        (f"{URDU}\n{URDU_LAST}\nیہ خبر وادی اخبار میں 18 مئی 2018 کو شائع ہوئی", f"{URDU}\n{URDU_LAST}"),
        (
            f"{URDU} مزید پڑھیںپل کے ٹھیکیدار ذمہ دار قرار کمیٹی نے مزید کہا کہ پل ساٹھ سال پہلے بنا تھا۔ {URDU_LAST}",
            f"{URDU} کمیٹی نے مزید کہا کہ پل ساٹھ سال پہلے بنا تھا۔ {URDU_LAST}",
        ),
    ],
)
def test_sources_calls_and_glued_headlines_of_other_scripts_go(text: str, left: str) -> None:
    assert stripped(text).split() == left.split()


@pytest.mark.parametrize(
    "text",
    [
        f"{BENGALI}\nসূত্র ও ছবি দুটোই পুলিশের হাতে আছে বলে জানিয়েছেন জেলার এক কর্মকর্তা।\n{BENGALI_LAST}",
        f"{BENGALI}\nকবিতাটি ইংরেজি থেকে অনূদিত হয়েছিল এবং স্কুলে পড়ানো হতো অনেক বছর ধরে।\n{BENGALI_LAST}",
        f"{URDU}\nعدالت نے پل کے ٹھیکیدار کو ذمہ دار قرار دے دیا اور حکومت کو نیا پل بنانے کا حکم دیا۔\n{URDU_LAST}",
    ],
)
def test_sentences_with_the_same_words_stay(text: str) -> None:
    assert stripped(text) == text
