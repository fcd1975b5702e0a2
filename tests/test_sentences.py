"""Sentences of articles that begin or end like leftovers, and stay."""

import pytest

import dedup

BEFORE = {
    "hi": "प्रशासन ने नदी किनारे के तीन गांवों को खाली कराने का आदेश दिया, ताकि लोग सुरक्षित स्थान पर पहुंच सकें।",
    "en": "The council ordered three villages by the river to be cleared so that everybody could reach safer ground in time.",
    "de": "Der Landkreis ließ drei Dörfer am Fluss räumen, damit alle Bewohner rechtzeitig in Sicherheit gebracht werden konnten.",
}
AFTER = {
    "hi": "राहत शिविरों में भोजन और दवा का प्रबंध है, और सोमवार तक सभी स्कूल बंद रखे जाएंगे।",
    "en": "Food and medicine are ready in the shelters, and all schools will stay closed until Monday.",
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
        ("hi", "यह तस्वीर उस गांव की है जहां पिछले साल बाढ़ में सौ घर बह गए थे।"),
    ],
)
def test_a_sentence_that_begins_like_a_leftover_stays(lang: str, sentence: str, is_inline: bool) -> None:
    between = " " if is_inline else "\n"
    text = BEFORE[lang] + between + sentence + between + AFTER[lang]
    assert dedup.strip(text=text).text == text
