"""Sentences of articles that begin or end as calls do: inside a paragraph and on a line of their own nothing of them goes."""

import pytest

import dedup

BEFORE = {
    "en": "The river rose by two metres overnight, and the town moved the people of the lower streets into two schools.",
    "hi": "नदी का जलस्तर रात भर में दो मीटर बढ़ गया और प्रशासन ने निचले इलाकों के लोगों को स्कूलों में ठहराया है।",
    "bn": "নদীর জল রাতারাতি দুই মিটার বেড়ে গেছে এবং প্রশাসন নিচু এলাকার মানুষকে স্কুলে নিয়ে গেছে।",
    "de": "Der Fluss stieg über Nacht um zwei Meter, und die Stadt brachte die Bewohner der unteren Straßen in zwei Schulen unter.",
    "fr": "La rivière est montée de deux mètres pendant la nuit, et la ville a logé les habitants des rues basses dans deux écoles.",
    "pt": "O rio subiu dois metros durante a noite, e a cidade levou os moradores das ruas baixas para duas escolas.",
    "es": "El río subió dos metros durante la noche, y la ciudad llevó a los vecinos de las calles bajas a dos escuelas.",
    "ur": "دریا کا پانی رات بھر میں دو میٹر بڑھ گیا اور انتظامیہ نے نچلے علاقوں کے لوگوں کو اسکولوں میں ٹھہرایا ہے۔",
}
AFTER = {
    "en": "Food for three days is in the shelters, and nobody was hurt when the old bridge fell.",
    "hi": "राहत शिविरों में तीन दिन का भोजन रखा है और पुराना पुल गिरने से किसी को चोट नहीं आई।",
    "bn": "ত্রাণ শিবিরে তিন দিনের খাবার রাখা আছে এবং পুরনো সেতু ভেঙে কেউ আহত হননি।",
    "de": "In den Unterkünften liegt Essen für drei Tage bereit, und niemand wurde verletzt, als die alte Brücke fiel.",
    "fr": "Les abris ont des vivres pour trois jours, et personne ne fut blessé quand le vieux pont est tombé.",
    "pt": "Os abrigos têm comida para três dias, e ninguém se feriu quando a ponte velha caiu.",
    "es": "Los refugios tienen comida para tres días, y nadie resultó herido cuando cayó el puente viejo.",
    "ur": "کیمپوں میں تین دن کا کھانا موجود ہے اور پرانا پل گرنے سے کوئی زخمی نہیں ہوا۔",
}
SENTENCES = {
    "en": [
        "Support local farmers by buying their milk, the minister asked the town.",
        "Support public schools instead of cutting them, the teachers demanded.",
        "Help support the families of the miners, the bishop asked.",
        "Join the fire brigade and serve your community, the chief told the pupils.",
        "Follow our example, the captain told the younger players.",
        "Follow him on foot, the guide told us.",
        "Never miss a chance to score, the coach used to say.",
        "Be the first to cross the line and you win, the rules say.",
        "Share your story with the court, the lawyer told her.",
        "Do you have a question for the minister, the judge asked.",
        "Write to us at once, the ministry told the families.",
        "If you found this child, call the police, the mother begged.",
        "Check out our roads, the farmer said.",
        "Send us a doctor, the villagers begged on the radio.",
        "Support us, the workers shouted.",
        "Register now or lose your vote, the commission warned voters.",
        "Become a member of the union, she told the miners.",
        "Start your engines, the marshal called.",
        "Our best stories come from the old people of the village.",
        "Our top stories were those of the river people.",
        "You have reached your limit, the bank told him.",
        "By registering the land in her name he avoided the tax.",
        "By continuing the strike they agree to lose their pay.",
        "Receive the latest refugees in our homes, the priest asked.",
        "The best of the letters came to her inbox on Monday.",
        "Have a story to share with the jury, said the judge.",
        "Stay informed and stay at home, the mayor said.",
        "Help us save journalism, the editor asked.",
        "Tune in to the needs of the poor, the bishop told the rich.",
        "Find all the missing miners and bring them here, the crowd shouted.",
        "The views expressed in the letter shocked the bishop.",
        "Get started, the coach shouted.",
        "Learn more: the pupils of the village school do.",
        "Sign up to the pact, the union told the bosses.",
        "Sign up today or go home, the sergeant said.",
        "Get instant relief from updates of the drug, the doctor said.",
        "Join our strike, the television channel workers asked.",
        "Visit our town and see the page of history, the mayor said.",
        "Keep up with the news of the war, she told him.",
        "Let us know what you think, the minister asked the farmers.",
        "What are your thoughts? the judge asked.",
        "Share your thoughts with the police, the lawyer advised.",
        "This content is for sale, the thief wrote.",
        "Contains ads for tobacco, the complaint says, the old film.",
        "Comments are moderated by a priest, the bishop said.",
        "For some members of the audience (read: me), this is a mirror of what happened.",
        "He saw a hero (read: unsophisticated) willing to drop them.",
    ],
    "hi": [
        "आगे देखें तो गांव के लोग नदी के किनारे घर बनाने लगे हैं।",
        "आगे की स्लाइड में डॉक्टर ने रक्त का नमूना रखा और जांच की।",
        "तस्वीरों में देखिए: गांव के लोग नाव पर बैठे हैं।",
        "नई दुनिया: गांव में बना पहला पुस्तकालय खुल गया।",
        "यहां जानें तो गांव की पूरी कहानी खुलती है।",
        "हमारे साथ जुड़ें और गांव को साफ रखें, सरपंच ने लोगों से कहा।",
    ],
    "bn": [
        "ফলো করুন আমাদের নিয়ম, শিক্ষক ছাত্রদের বললেন।",
        "জানুন: গ্রামের মানুষ কীভাবে বাঁচে।",
        "অন্য খবর: নদীর জল বেড়েছে।",
        "উৎস: নদীর জল পাহাড় থেকে আসে এবং গ্রামের জমি ভেজায়।",
        "মূল কথা: সরকার এই আইন বদলাবে না।",
        "লেখা: স্কুলের ছেলেমেয়েরা আজ প্রথম চিঠি লিখল।",
        "আপনার লেখা পাঠান আদালতে, উকিল তাঁকে বললেন।",
    ],
    "de": [
        "Lesen Sie weiter im Gesetz, bat der Richter den Anwalt.",
        "Was meinen Sie damit, fragte der Richter den Zeugen.",
        "Jetzt bestellen die Bauern ihr Saatgut im Nachbarland.",
        "Jetzt kostenlos mit dem Bus fahren dürfen alle Schüler der Stadt.",
        "Bleiben Sie informiert und zu Hause, mahnte der Bürgermeister.",
        "Schreiben Sie uns Briefe, bat der Soldat seine Eltern.",
        "Verpassen Sie nichts vom Leben, riet die alte Ärztin.",
        "Mehr aus dem Boden holen als früher wollen die Bauern nicht.",
    ],
    "fr": [
        "Suivez notre exemple, a dit le capitaine aux jeunes joueurs.",
        "Partagez votre histoire avec le tribunal, a conseillé l'avocat.",
        "Soutenez les paysans de la vallée, a demandé la ministre.",
        "Rejoignez les pompiers du village, a lancé le maire aux élèves.",
        "Ne manquez aucune occasion de marquer, disait l'entraîneur.",
    ],
    "pt": [
        "O juiz quer saber o que você viu naquela noite, explicou o advogado.",
        "Siga o nosso exemplo, disse o capitão aos mais novos.",
        "Apoie os agricultores da região, pediu a ministra.",
        "Clique neste botão da máquina e ela para, explicou o mecânico.",
        "Quer receber o pagamento em terras, disse o velho pescador.",
        "Entre no canal com o barco, pediu o piloto.",
        "Fique ligado ao seu povo, aconselhou o bispo.",
    ],
    "es": [
        "Comparte tu historia con el juez, pidió la abogada.",
        "Sigue nuestro ejemplo, dijo el capitán a los jóvenes.",
        "Apoya a los campesinos del valle, pidió la ministra.",
    ],
    "ur": [
        "ہمارے ساتھ شامل ہوں اور گاؤں کو صاف رکھیں، سردار نے لوگوں سے کہا۔",
        "آگے دیکھیں تو گاؤں کے لوگ دریا کے کنارے گھر بنانے لگے ہیں۔",
    ],
}


@pytest.mark.parametrize("is_inline", [False, True], ids=["own line", "within a paragraph"])
@pytest.mark.parametrize(("lang", "sentence"), [(lang, sentence) for lang, listed in SENTENCES.items() for sentence in listed])
def test_a_cue_word_alone_takes_no_sentence(lang: str, sentence: str, is_inline: bool) -> None:
    article = f"{BEFORE[lang]} {sentence} {AFTER[lang]}" if is_inline else f"{BEFORE[lang]}\n{sentence}\n{AFTER[lang]}"
    assert dedup.strip(text=article).text == article


@pytest.mark.parametrize(
    ("lang", "call"),
    [
        ("en", "Support local journalism by taking out a subscription today."),
        ("en", "Follow our channel on WhatsApp and read the news before others do."),
        ("hi", "ताजा खबरों के लिए हमारे व्हाट्सएप चैनल को फॉलो करें।"),
        ("de", "Abonnieren Sie unseren Newsletter und lesen Sie jeden Morgen das Neueste."),
    ],
)
def test_calls_with_a_word_of_pages_go(lang: str, call: str) -> None:
    assert dedup.strip(text=f"{BEFORE[lang]}\n{call}\n{AFTER[lang]}").text == f"{BEFORE[lang]}\n{AFTER[lang]}"
