"""Places, days, agencies and desks before the first sentence, in the orders in which outlets set them."""

import unicodedata

import pytest
from paragraphs import BODY, HINDI, HINDI_BODY, HINDI_MORE, LEAD, row_of


@pytest.mark.parametrize(
    "origin",
    [
        "PATNA [India], March 12 (ANI): ",
        "Patna (Bihar) [India], March 12 (ANI): ",
        "London (CNN) — ",
        "CNN — ",
        "KARACHI - ",
        "Patna, Bihar: ",
        "PATNA / NEW DELHI: ",
        "St. Louis, Mo. (AP) — ",
        "GRAND PORT, Mauritius (Reuters) - ",
        "RIO SECO, Mo. (AP) - ",
        "(Bloomberg) -- ",
        "Mumbai, Maharashtra, India – ",
    ],
)
def test_an_origin_before_an_english_paragraph_goes(origin: str):
    row = row_of(origin + LEAD, BODY)
    assert row["text"] == f"{LEAD}\n{BODY}" and row["dateline"].startswith(origin[:3])


@pytest.mark.parametrize(
    "origin",
    [
        "पटना (बिहार), 12 मार्च (एएनआई): ",
        "पटना [भारत], 12 मार्च (एएनआई): ",
        "एजेंसी, नई दिल्ली। ",
        "(भाषा) ",
        "इंदौर (मध्य प्रदेश)। ",
        "पटना - ",
        "पटना. ",
        "वाशिंगटन, रॉयटर। ",
        "ऑनलाइन डेस्क, नई दिल्ली। ",
        "नई दिल्ली, खेती डेस्क। ",
        "मीना कुमारी, पटना। ",
        "मीना कुमारी [पटना]। ",
        "शिमला। (ब्यूरो) ",
        "जागरण संवाददाता, रामपुर/टांडा(रामपुर) : ",
        "रामपुर (टांडा), एएफपी। ",
        "194 संवाद सूत्र, टांडा (रामपुर) : ",
    ],
)
def test_an_origin_before_a_hindi_paragraph_goes(origin: str):
    for rows in ([origin + HINDI, HINDI_BODY], [origin + HINDI]):
        row = row_of(*rows)
        assert row["text"] == "\n".join([HINDI, *rows[1:]]) and row["dateline"]


@pytest.mark.parametrize(
    ("origin", "paragraph"),
    [
        ("ডিজিটাল ডেস্ক: ", "পুরসভা শুক্রবার পুরনো বাজারের এগারোটি দোকানকে নোটিস দিয়েছে, যেগুলির ছাদ গত বর্ষায় ভেঙে গিয়েছিল।"),
        ("সিলেট প্রতিনিধি: ", "পুরসভা শুক্রবার পুরনো বাজারের এগারোটি দোকানকে নোটিস দিয়েছে, যেগুলির ছাদ গত বর্ষায় ভেঙে গিয়েছিল।"),
        ("கோவை: ", "நகராட்சி வெள்ளிக்கிழமை பழைய சந்தையின் பதினொரு கடைகளுக்கு அறிவிப்பு அனுப்பியது, அவற்றின் கூரைகள் மழையில் உடைந்தன."),
        ("హైదరాబాద్, మార్చి 5 (ఆంధ్రజ్యోతి): ", "పురపాలక సంఘం శుక్రవారం పాత బజారులోని పదకొండు దుకాణాలకు నోటీసులు ఇచ్చింది, వాటి పైకప్పులు వానలకు కూలాయి."),
        ("കൊച്ചി∙ ", "നഗരസഭ വെള്ളിയാഴ്ച പഴയ ചന്തയിലെ പതിനൊന്ന് കടകൾക്ക് നോട്ടീസ് നൽകി, അവയുടെ മേൽക്കൂരകൾ മഴയിൽ തകർന്നിരുന്നു."),
        ("ਜਲੰਧਰ (ਬਿਊਰੋ): ", "ਨਗਰ ਨਿਗਮ ਨੇ ਸ਼ੁੱਕਰਵਾਰ ਨੂੰ ਪੁਰਾਣੇ ਬਾਜ਼ਾਰ ਦੀਆਂ ਗਿਆਰਾਂ ਦੁਕਾਨਾਂ ਨੂੰ ਨੋਟਿਸ ਦਿੱਤਾ, ਜਿਨ੍ਹਾਂ ਦੀਆਂ ਛੱਤਾਂ ਟੁੱਟ ਗਈਆਂ ਸਨ।"),
        ("لاہور(نامہ نگار) ", "بلدیہ نے جمعے کو پرانے بازار کی گیارہ دکانوں کو نوٹس دیا کیونکہ ان کی چھتیں پچھلی بارش میں ٹوٹ گئی تھیں۔"),
        ("काठमाडौँ, २२ फागुन (रासस)ः ", "नगरपालिकाले पुरानो बजारका एघार पसललाई शुक्रबार सूचना पठाएको छ, पसलका छाना गएको वर्षामा भत्किएका थिए ।"),
    ],
)
def test_an_origin_in_other_scripts_goes(origin: str, paragraph: str):
    assert row_of(origin + paragraph)["text"] == paragraph


@pytest.mark.parametrize(
    "sentence",
    [
        "Election Office (EO) said that the council asked three villages by the river to leave their houses on Tuesday.",
        "Delhi - Mumbai trains by the river were late on Tuesday, and three villages were asked to leave their houses.",
        "खुफिया ब्यूरो (केबी) ने मंगलवार को नई नीति का ऐलान किया और कहा कि इससे पूर्वी जिलों के किसानों को लाभ होगा।",
        "दिल्ली - मुंबई मार्ग पर मंगलवार को गाड़ियां देर से चलीं और इससे पूर्वी जिलों के किसानों को नुकसान हुआ, सरकार ने कहा।",
        "नीति, नीयत (संकल्प)। राज्य सरकार ने मंगलवार को नई नीति का ऐलान किया और कहा कि इससे किसानों को लाभ होगा।",
        "पटना, बिहार की राजधानी: राज्य सरकार ने मंगलवार को नई नीति का ऐलान किया और कहा कि इससे किसानों को लाभ होगा।",
        "पुलिस, विजिलेंस ब्यूरो: दोनों ने मंगलवार को कहा कि पुराने बाजार की ग्यारह दुकानों की जांच अगले महीने तक पूरी होगी।",
        "सरकार, विपक्ष, जन प्रतिनिधि - सभी ने मंगलवार को कहा कि पुराने बाजार की दुकानों की जांच अगले महीने तक पूरी होगी।",
        "महिला हेल्प डेस्क, कोतवाली: मंगलवार को यहां ग्यारह शिकायतें आईं और उनमें से नौ का निपटारा उसी दिन शाम तक हो गया।",
        "कांग्रेस, भाजपा (एजेंसी) दोनों ने मंगलवार को कहा कि पुराने बाजार की दुकानों की जांच अगले महीने तक पूरी होगी।",
        "Police, Vigilance Bureau - Both have said that the shops of the old market will be looked at by the end of next month.",
        "Facebook, Twitter, Reuters - All of them carried the news of the old market on Tuesday, the mayor told the council.",
        "फेक न्यूज: सोशल मीडिया पर मंगलवार को यह बात फैली कि पुराने बाजार की ग्यारह दुकानें बंद हो गई हैं, जो सच नहीं है।",
        "हेल्प डेस्क: मंगलवार को यहां ग्यारह शिकायतें आईं और उनमें से नौ का निपटारा उसी दिन शाम तक हो गया, निगम ने कहा।",
        "छात्र प्रतिनिधि: हम चाहते हैं कि पुराने बाजार की ग्यारह दुकानें बंद न हों और निगम उनकी मरम्मत में मदद करे, बस।",
        "धन्यवाद, दिल्ली। आपने हमें पुराने बाजार में जो प्यार दिया, उसे हम कभी नहीं भूलेंगे और अगले साल फिर आएंगे।",
        "दिल्ली, मुंबई, कोलकाता - तीनों महानगरों में मंगलवार को बारिश हुई और पुराने बाजारों में पानी भर गया, लोग परेशान रहे।",
        "दिल्ली, नोएडा, गुरुग्राम। इन तीन शहरों में मंगलवार को बारिश हुई और पुराने बाजारों में पानी भर गया, लोग परेशान रहे।",
        "London, Paris, New York - All three have old markets that were flooded on Tuesday, and shops that stay closed until Monday.",
        "रोम - इटली की राजधानी - में मंगलवार को बारिश हुई और पुराने बाजार में पानी भर गया, जिससे लोग परेशान रहे, निगम ने कहा।",
        "Chicago - The Musical opened in the old market on Tuesday, and every seat of the hall was taken until the end of the month.",
        "धरान–९ गौतमपथका एघार पसललाई नगरपालिकाले शुक्रबार सूचना पठाएको छ, पसलका छाना गएको वर्षामा भत्किएका थिए ।",
        "नेपालगञ्ज–कोहलपुर सडकखण्डमा पर्ने एघार पसललाई नगरपालिकाले शुक्रबार सूचना पठाएको छ, छाना वर्षामा भत्किएका थिए ।",
        "London–Paris trains were late on Tuesday after heavy rain, and the old station stays closed until the end of the month.",
        "जिलाधिकारी, रामपुर: राज्य सरकार ने मंगलवार को नई नीति का ऐलान किया और कहा कि इससे किसानों को लाभ होगा।",
    ],
)
def test_the_beginning_of_a_sentence_is_no_origin(sentence: str):
    assert row_of(sentence, HINDI_BODY)["text"] == f"{sentence}\n{HINDI_BODY}"
    assert row_of(LEAD, sentence, HINDI_BODY)["text"] == f"{LEAD}\n{sentence}\n{HINDI_BODY}"


def test_entries_of_a_list_are_no_origins():
    for mark in (" - ", ": "):
        entries = [f"पटना{mark}{HINDI}", f"रांची{mark}{HINDI_MORE}"]
        assert row_of(*entries, HINDI_BODY)["text"] == "\n".join([*entries, HINDI_BODY])
    apart = [f"पटना - {HINDI}", BODY, f"रांची - {HINDI_MORE}"]
    assert row_of(*apart)["text"] == "\n".join(apart)


def test_the_headline_of_an_agency_is_no_origin():
    row = row_of(f"Three Villages, Council Agree on Flood Plan (AP). AP - {LEAD}")
    assert row["dateline"] == "AP" and row["text"].startswith("Three Villages")


def test_an_origin_behind_a_headline_in_one_line_goes():
    row = row_of(f"Council Agrees on Flood Plan, Villages Wait.  GRAND PORT, Mauritius (Reuters) - {LEAD}")
    assert row["dateline"] == "GRAND PORT, Mauritius (Reuters)"


@pytest.mark.parametrize("line", ["रायपुर।", "पटना, जागरण संवाददाता।", "नई दिल्ली |"])
def test_an_origin_on_a_line_of_its_own_goes(line: str):
    row = row_of("ग्यारह दुकानों को नगर निगम का नोटिस", line, HINDI, HINDI_BODY)
    assert row["text"] == f"{HINDI}\n{HINDI_BODY}" and row["dateline"]


def test_headlines_with_their_section_glued_to_them_go():
    headlines = ["भारतBridge Opens: नए पुल से गुजरी पहली बस", "खेलHILL vs LAKE: झील टीम ने जीता मैच"]
    assert row_of(HINDI, *headlines, HINDI_BODY, HINDI_MORE)["text"] == "\n".join((HINDI, HINDI_BODY, HINDI_MORE))


@pytest.mark.parametrize(
    ("city", "sentence", "body"),
    [
        ("কলকাতা", "পুরনো বাজারের এগারোটি দোকানকে শুক্রবার নোটিশ দিয়েছে পুরসভা, গত বর্ষায় যেগুলির ছাদ ভেঙে পড়েছিল।", "দোকানিরা খরচ চান।"),
        ("கோவை", "பழைய சந்தையின் பதினொரு கடைகளுக்கு நகராட்சி வெள்ளிக்கிழமை நோட்டீஸ் அனுப்பியது.", "கடைக்காரர்கள் உதவி கேட்டனர்."),
        ("കോഴിക്കോട്", "പഴയ ചന്തയിലെ പതിനൊന്ന് കടകൾക്ക് നഗരസഭ വെള്ളിയാഴ്ച നോട്ടീസ് അയച്ചു.", "കച്ചവടക്കാർ സഹായം ചോദിച്ചു."),
        ("ಬೆಂಗಳೂರು", "ಹಳೆಯ ಮಾರುಕಟ್ಟೆಯ ಹನ್ನೊಂದು ಅಂಗಡಿಗಳಿಗೆ ನಗರಸಭೆ ಶುಕ್ರವಾರ ನೋಟಿಸ್ ನೀಡಿದೆ.", "ವ್ಯಾಪಾರಿಗಳು ಸಹಾಯ ಕೇಳಿದ್ದಾರೆ."),
    ],
)
def test_the_vowels_of_a_city_may_stand_in_two_parts(city: str, sentence: str, body: str):
    for written in (city, unicodedata.normalize("NFD", city)):
        row = row_of(f"{written}: {sentence}", body)
        assert row["text"] == f"{sentence}\n{body}" and row["dateline"] == written
