"""Sentences of articles that begin or end like leftovers, and stay."""

import pytest

import dedup

BEFORE = {
    "hi": "प्रशासन ने नदी किनारे के तीन गांवों को खाली कराने का आदेश दिया, ताकि लोग सुरक्षित स्थान पर पहुंच सकें।",
    "en": "The council ordered three villages by the river to be cleared so that everybody could reach safer ground in time.",
    "mr": "नदीकाठची तीन गावे रिकामी करण्याचा आदेश प्रशासनाने मंगळवारी दिला, म्हणजे लोक वेळेत सुरक्षित ठिकाणी पोहोचतील.",
    "ne": "नदी किनारका तीन गाउँ खाली गराउन प्रशासनले मंगलबार आदेश दियो, ताकि मानिसहरू समयमै सुरक्षित ठाउँमा पुगून्।",
    "bn": "নদীর ধারের তিনটি গ্রাম খালি করার নির্দেশ দিয়েছে প্রশাসন, যাতে মানুষ সময়মতো নিরাপদ জায়গায় পৌঁছাতে পারেন।",
    "te": "నది ఒడ్డున ఉన్న మూడు గ్రామాలను ఖాళీ చేయాలని అధికారులు మంగళవారం ఆదేశించారు, ప్రజలు సమయానికి సురక్షిత ప్రాంతాలకు చేరుకోవాలని కోరారు.",
    "kn": "ನದಿ ದಂಡೆಯ ಮೂರು ಗ್ರಾಮಗಳನ್ನು ತೆರವುಗೊಳಿಸಲು ಆಡಳಿತ ಮಂಗಳವಾರ ಆದೇಶಿಸಿತು, ಜನರು ಸಮಯಕ್ಕೆ ಸರಿಯಾಗಿ ಸುರಕ್ಷಿತ ಸ್ಥಳ ತಲುಪಬೇಕೆಂದು ತಿಳಿಸಿತು.",
    "gu": "નદીકિનારાનાં ત્રણ ગામ ખાલી કરાવવાનો આદેશ વહીવટી તંત્રે મંગળવારે આપ્યો, જેથી લોકો સમયસર સલામત જગ્યાએ પહોંચી શકે.",
    "ur": "انتظامیہ نے منگل کو دریا کنارے کے تین گاؤں خالی کرانے کا حکم دیا تاکہ لوگ وقت پر محفوظ مقام تک پہنچ سکیں۔",
    "ar": "أمرت السلطات يوم الثلاثاء بإخلاء ثلاث قرى على ضفة النهر حتى يصل السكان إلى أماكن آمنة قبل ارتفاع المياه.",
    "id": "Pemerintah daerah memerintahkan tiga desa di tepi sungai dikosongkan pada hari Selasa agar warga tiba di tempat aman tepat waktu.",
    "tr": "Valilik salı günü nehir kıyısındaki üç köyün boşaltılmasını istedi, böylece herkes zamanında güvenli bir yere ulaşabilecek.",
    "de": "Der Landkreis ließ drei Dörfer am Fluss räumen, damit alle Bewohner rechtzeitig in Sicherheit gebracht werden konnten.",
}
AFTER = {
    "hi": "राहत शिविरों में भोजन और दवा का प्रबंध है, और सोमवार तक सभी स्कूल बंद रखे जाएंगे।",
    "en": "Food and medicine are ready in the shelters, and all schools will stay closed until Monday.",
    "mr": "शिबिरांमध्ये जेवण आणि औषधांची सोय आहे, आणि सोमवारपर्यंत सर्व शाळा बंद राहतील.",
    "ne": "शिविरमा खाना र औषधिको व्यवस्था छ, र सोमबारसम्म सबै विद्यालय बन्द रहनेछन्।",
    "bn": "শিবিরে খাবার ও ওষুধের ব্যবস্থা আছে, আর সোমবার পর্যন্ত সব স্কুল বন্ধ থাকবে বলে জানানো হয়েছে।",
    "te": "శిబిరాల్లో ఆహారం, మందులు సిద్ధంగా ఉన్నాయి, సోమవారం వరకు అన్ని పాఠశాలలు మూసి ఉంటాయి.",
    "kn": "ಶಿಬಿರಗಳಲ್ಲಿ ಊಟ ಮತ್ತು ಔಷಧದ ವ್ಯವಸ್ಥೆ ಇದೆ, ಸೋಮವಾರದವರೆಗೆ ಎಲ್ಲ ಶಾಲೆಗಳು ಮುಚ್ಚಿರುತ್ತವೆ.",
    "gu": "શિબિરોમાં ભોજન અને દવાની વ્યવસ્થા છે, અને સોમવાર સુધી બધી શાળાઓ બંધ રહેશે.",
    "ur": "کیمپوں میں کھانے اور دوا کا انتظام ہے اور پیر تک تمام اسکول بند رہیں گے۔",
    "ar": "يتوافر الطعام والدواء في المخيمات، وستبقى جميع المدارس مغلقة حتى يوم الاثنين المقبل.",
    "id": "Makanan dan obat tersedia di tempat pengungsian, dan semua sekolah akan tetap tutup sampai hari Senin.",
    "tr": "Barınaklarda yemek ve ilaç hazır, bütün okullar pazartesi gününe kadar kapalı kalacak.",
    "de": "In den Unterkünften stehen Essen und Medikamente bereit, und alle Schulen bleiben bis Montag geschlossen.",
}


@pytest.mark.parametrize("is_inline", [False, True], ids=["own line", "within a paragraph"])
@pytest.mark.parametrize(
    ("lang", "sentence"),
    [
        ("de", "An dieser Stelle ereignete sich am Montag gegen Mittag ein schwerer Unfall, wie die Polizei am Abend mitteilte."),
        ("de", "Mehr dazu wollte der Sprecher der Polizei am Dienstag nicht sagen."),
        ("de", "Diesen Artikel des Grundgesetzes will die Regierung im Herbst ändern."),
        ("de", "Die Wiedergabe der neunten Sinfonie gelang dem Orchester am Sonntag besser als im Vorjahr."),
        ("de", "Externer Inhalt wurde aus dem Museum entfernt, nachdem der Verleiher Klage eingereicht hatte."),
        ("en", "Our standards have fallen too low, the minister said, and the government will now raise them step by step."),
        ("en", "By signing up 200 new members, the union doubled its size within a year."),
        ("en", "Contact the reporter had with the two men before the trial was kept secret by the court."),
        ("en", "Thanks for reading the names aloud, the mother told the mayor after the service."),
        ("hi", "हर पल की खबर के लिए लोग उन दिनों केवल रेडियो पर निर्भर थे और शाम को चौपाल पर इकट्ठा होते थे।"),
        ("hi", "सबसे पहले पढ़ें फिर बोलें, यही उन्होंने अपने छात्रों को जीवन भर सिखाया।"),
        ("hi", "सबसे पहले अपने मोबाइल में भविष्य निधि का ऐप डाउनलोड करें।"),
        ("hi", "इसके बाद विभाग की आधिकारिक वेबसाइट पर जाएं और मांगी गई जानकारी भरें।"),
        ("hi", "उन्होंने कहा कि संघ के कार्यकर्ता हर पल सपने देखते रहें और लिखते-पढ़ते रहें।"),
        ("hi", "पढ़े-लिखे युवा काम की तलाश में दूसरे शहर जा रहे हैं।"),
        ("hi", "विभाग में पढ़े–लिखे लोगों की कमी है और पद खाली पड़े हैं।"),
        ("hi", "एजेंसी के अधिकारी मंगलवार को गांव पहुंचे और लोगों से मिले।"),
        ("hi", "इनपुट मिलने पर पुलिस ने नाके लगाए और वाहनों की जांच की।"),
        ("hi", "फोटो में दिख रहा पुल अब टूट चुका है और लोग नाव से जाते हैं।"),
        ("hi", "रिपोर्ट में कहा गया कि बांध की मरम्मत समय पर नहीं हुई।"),
        ("mr", "यासाठी सर्वात आधी विभागाचे मोबाइल अॅप डाउनलोड करा."),
        ("mr", "प्रतिनिधींनी मागण्या मांडल्या आणि त्यावर सोमवारी चर्चा होणार आहे."),
        ("ne", "त्यसका लागि आफ्नो मोबाइलमा विभागको एप डाउनलोड गर्नुहोस्।"),
        ("ne", "पढे–लेखेका युवाहरू रोजगारीका लागि सहर गइरहेका छन्।"),
        ("bn", "এরপর আবেদন বোতামে ক্লিক করুন।"),
        ("bn", "অনুমতি ছাড়া কেউ ওই এলাকায় ঢুকতে পারবেন না বলে পুলিশ জানিয়েছে।"),
        ("bn", "তাঁর কথায়, এই বাঁধ তৈরির কাজ সম্পূর্ণ বেআইনি।"),
        ("te", "ఆ తర్వాత దరఖాస్తు బటన్‌పై క్లిక్ చేయండి."),
        ("kn", "ನಂತರ ಅರ್ಜಿ ಎಂಬ ಗುಂಡಿಯ ಮೇಲೆ ಕ್ಲಿಕ್ ಮಾಡಿ."),
        ("gu", "ત્યાર બાદ વિભાગની વેબસાઇટની મુલાકાત લો."),
        ("ur", "وہ فیس بک پر سب سے زیادہ فالورز رکھنے والی شخصیات میں پہلے نمبر پر رہیں۔"),
        ("ar", "كتب الوزير في رسالته أن المدارس ستفتح أبوابها بعد أسبوع من انحسار المياه."),
        ("ar", "التعليقات التي صدرت عن الحزب أغضبت سكان القرى الثلاث."),
        ("en", "The minister resigned. Reuters - which broke the story - said that the cabinet would meet again on Tuesday."),
        ("en", "One seat went to an analyst — who tweets as Meena Kumari (@meena_k) — and 12 went to the farmers."),
        ("en", "He / she pronouns are now to be used in letters of the council, the clerk said."),
        ("hi", "मंत्री ने इस्तीफा दिया। रॉयटर्स - जिसने यह खबर पहले दी - ने बताया कि बैठक मंगलवार को फिर होगी।"),
        ("id", "Foto lama rumah itu masih tergantung di dinding balai desa sampai sekarang."),
        ("id", "Iklan layanan masyarakat tentang banjir diputar setiap malam di radio desa."),
        ("tr", "Yorum yapmaktan kaçınan vali, incelemenin sürdüğünü söyledi."),
        ("tr", "Reklam panoları fırtınada devrildi ve yol iki saat kapalı kaldı."),
        ("hi", "यह तस्वीर उस गांव की है जहां पिछले साल बाढ़ में सौ घर बह गए थे।"),
    ],
)
def test_a_sentence_that_begins_like_a_leftover_stays(lang: str, sentence: str, is_inline: bool) -> None:
    between = " " if is_inline else "\n"
    text = BEFORE[lang] + between + sentence + between + AFTER[lang]
    assert dedup.strip(text=text).text == text


def test_a_report_of_an_agency_after_its_headline_is_not_all_boilerplate() -> None:
    text = "The Fulmars aim high (AP). AP - The Fulmars want to avoid being embarrassed by another late goal."
    assert "want to avoid being embarrassed" in dedup.strip(text=text).text
