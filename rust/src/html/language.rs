//! The language of a text that states none: by its script where one language alone writes it, else by letters and small words that its
//! neighbours do not have. Where two fit, none is given.

use std::collections::HashMap;
use std::hash::BuildHasherDefault;
use std::sync::LazyLock;

use super::grams::{Identity, hash_words};
use super::script::{self, Script};

/// How much of a text is looked at, in characters.
const SAMPLE: usize = 2000;

/// A text of so many characters shows its language better than what its page declares.
const LONG: usize = 200;

/// Whether the text is in another language than the one declared. What is not known here is believed.
pub fn is_other(declared: &str, text: &str) -> bool {
    let found = of(text);
    let together = |list: &[&str]| list.contains(&declared) && list.contains(&found);
    let lists = [
        &ARABIC.map(|(language, ..)| language)[..],
        &CYRILLIC.map(|(language, ..)| language),
        &DEVANAGARI.map(|(language, _)| language),
        &LATIN.map(|(language, _)| language),
    ];
    let told = !found.is_empty() && found != declared;
    told && lists.into_iter().any(together) && text.chars().nth(LONG).is_some()
}

/// The language of a text, or "".
pub fn of(text: &str) -> &'static str {
    let sample = text.char_indices().nth(SAMPLE).map_or(text, |(end, _)| &text[..end]);
    match script::of(sample) {
        // Nepali and Marathi write their small words together with others.
        Some(Script::Devanagari) => by_words(sample, &DEVANAGARI, &KNOWN[0], 0.05),
        Some(Script::Latin) => by_words(sample, &LATIN, &KNOWN[1], 0.1),
        Some(Script::Bengali) => by_letters(sample, &[("as", "ৰৱ", 0.005), ("bn", "", 0.0)]),
        Some(Script::Arabic) => by_letters(sample, &ARABIC),
        Some(Script::Cyrillic) => by_letters(sample, &CYRILLIC),
        Some(Script::Chinese) => {
            let kana = |char: &char| ('\u{3040}'..='\u{30ff}').contains(char);
            if share(sample, kana) > 0.1 { "ja" } else { "zh" }
        }
        Some(script) => script.only(),
        None => "",
    }
}

/// Letters that a language has and those after it have not, and the share of the letters that they make up at least. The first fits.
type Letters = [(&'static str, &'static str, f32)];

const ARABIC: [(&str, &str, f32); 4] = [
    // Pashto, Sindhi, Kurdish, Uyghur
    ("", "ټډړښځڅګڄڃڻڪێۆەڵېۇ", 0.01),
    ("ur", "ےٹڈڑںہھ", 0.03),
    ("ar", "يةىكأإ", 0.03),
    ("fa", "پچژگیک", 0.03),
];
const CYRILLIC: [(&str, &str, f32); 7] = [
    // Kazakh, Kyrgyz, Tatar, Bashkir, Mongolian, Tajik
    ("", "әқңөүұһғҙҡҫҳҷ", 0.01),
    ("be", "ў", 0.003),
    ("uk", "іїєґ", 0.02),
    ("mk", "ѓќѕ", 0.0005),
    ("sr", "јљњђћџ", 0.01),
    ("ru", "ыэ", 0.008),
    ("bg", "ъ", 0.005),
];

fn by_letters(text: &str, letters: &Letters) -> &'static str {
    let has = |(_, own, least): &&(&str, &str, f32)| share(text, |char| own.contains(*char)) >= *least;
    letters.iter().find(has).map_or("", |(language, ..)| language)
}

/// The share of letters.
fn share(text: &str, own: impl Fn(&char) -> bool) -> f32 {
    let letters = text.chars().filter(|char| char.is_alphabetic()).flat_map(char::to_lowercase);
    let (mut all, mut of_own) = (0_u32, 0_u32);
    for letter in letters {
        all += 1;
        of_own += u32::from(own(&letter));
    }
    of_own as f32 / all.max(1) as f32
}

/// Small words that news in a language has many of. A language without a name is there so that its texts are not taken for a neighbour's.
type Words = [(&'static str, &'static str)];

const DEVANAGARI: [(&str, &str); 5] = [
    ("hi", "है में के की का से और को ने पर हैं था कि भी लिए गया नहीं इस यह किया"),
    ("mr", "आहे आणि या आहेत नाही केली करण्यात यांनी हे असे केले झाली हा असून होते केला परंतु काही व ते त्यामुळे मात्र"),
    ("ne", "छ र पनि छन् लागि भएको गरेको यो गर्न गर्ने थियो भने रहेको हुने थिए उनले गरेका गरिएको नै आफ्नो गर्दै छैन"),
    // Bhojpuri, Maithili
    ("", "के बा में से का ह आ बाड़े बानी भइल कइल रहल गइल ओकर खातिर एह ना लो बाटे रहे"),
    ("", "के अछि मे सँ आ छल छथि केर लेल नहि ई ओ जे एहि भेल कएल गेल"),
];
const LATIN: [(&str, &str); 29] = [
    (
        "en",
        "the of and to in is that for was with on as by at from are be this have it he has an not but you your we or will",
    ),
    (
        "de",
        "der die und das den von zu mit ist des im dem nicht ein eine auf für sich auch als bei hat werden wird sind wie",
    ),
    ("fr", "le la les des et en du une est dans pour que qui sur au par pas avec ce plus"),
    ("es", "el la los las que del en una por con para se es como más su al lo y de"),
    ("ca", "el la els les que del en una per amb dels és i al ha més aquest de"),
    ("it", "il di che la per un è della con del una sono non dei alla nel più gli anche le"),
    ("pt", "o a os as que do da em um uma para com não por no na se dos mais ao"),
    ("ro", "și de în la cu pe care din nu că este pentru mai fost sau a al"),
    ("nl", "de het een van en in is dat op te zijn voor met niet aan er ook bij door maar"),
    ("sv", "och att det i en är som på av för med den till inte har de ett om från också"),
    ("da", "og at det i en er som på af for med den til ikke har de et om fra efter blev også"),
    ("no", "og at det i en er som på av for med den til ikke har de et om fra etter ble også"),
    ("pl", "w i na z się do nie że jest to o od po dla przez oraz za jak które są"),
    ("cs", "a v na se je že s z do to i ve by o jako pro za také jsou podle"),
    ("sk", "a v na sa je že s z do to aj vo by o ako pre za sú podľa"),
    ("hr", "i u na je se da za su od s o koji što kako će iz te"),
    ("hu", "a az és hogy nem is egy van volt meg de csak mint már ezt"),
    ("fi", "ja on ei että se oli mutta myös kun hän ovat joka sen mukaan ole"),
    ("lt", "ir kad yra su tai buvo iš į bei apie o jis dėl už kaip"),
    ("tr", "ve bir bu da de için ile olarak olan daha çok en gibi kadar sonra"),
    // Estonian, Afrikaans, Galician, Indonesian and Malay, Albanian, Latvian, Slovene, Filipino, Swahili
    ("", "ja on ei et see ta ka oli mis kui aga ning oma pärast siis veel või"),
    ("", "die het en van in is dat nie vir met op te sy hulle aan wat ook by om deur word was hy"),
    ("", "o a os as que do da en un unha para con por non no na máis ao dos das polo pola e foi"),
    ("", "yang dan di untuk dengan ini itu dari pada tidak dalam akan adalah oleh juga ke telah mereka"),
    ("", "të e në një për me që nuk nga është dhe si ka u do por janë kjo i"),
    ("", "un ir ka no uz par ar to kas bet kā arī ja tika gan"),
    ("", "in je v na se da za so z ki po pri tudi bo s pa ne ali bil"),
    ("", "ang ng sa na mga ay at si ni para ito hindi may kung"),
    ("", "na ya wa kwa ni katika za la kuwa hiyo yake hii cha"),
];

/// Which languages of a list have a word, one bit each.
type Known = HashMap<u64, u32, BuildHasherDefault<Identity>>;

static KNOWN: LazyLock<[Known; 2]> = LazyLock::new(|| [known(&DEVANAGARI), known(&LATIN)]);

fn known(languages: &Words) -> Known {
    let mut known = Known::default();
    for (at, (_, words)) in languages.iter().enumerate() {
        let mut hashes = Vec::new();
        hash_words(words, &mut hashes);
        hashes.into_iter().for_each(|hash| *known.entry(hash).or_default() |= 1 << at);
    }
    known
}

/// The words that must be found, their share, and how much oftener than those of any other language.
const FEWEST: u32 = 4;
const AHEAD: f32 = 1.2;

fn by_words(text: &str, languages: &Words, known: &Known, least: f32) -> &'static str {
    let mut words = Vec::new();
    hash_words(text, &mut words);
    let mut counts = [0_u32; u32::BITS as usize];
    for mut bits in words.iter().filter_map(|word| known.get(word).copied()) {
        while bits != 0 {
            counts[bits.trailing_zeros() as usize] += 1;
            bits &= bits - 1;
        }
    }
    let first = (0..languages.len()).max_by_key(|&at| counts[at]).unwrap_or(0);
    let next = (0..languages.len()).filter(|&at| at != first).map(|at| counts[at]).max().unwrap_or(0);
    let sure = counts[first] >= FEWEST
        && counts[first] as f32 >= least * words.len() as f32
        && counts[first] as f32 >= AHEAD * next as f32;
    if sure { languages[first].0 } else { "" }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_shows_its_language() {
        for (language, text) in [
            ("hi", "नदी पर बना नया पुल रविवार को खोल दिया गया। पुल के बनने में चार साल लगे और नब्बे करोड़ रुपये खर्च हुए।"),
            (
                "mr",
                "नदीवरील नवा पूल रविवारी खुला झाला आहे आणि तो पाच वर्षांत बांधला असे सांगण्यात आले आहे. मात्र रस्ते नाही आहेत या भागात.",
            ),
            ("ne", "नदीको नयाँ पुल आइतबार खुलेको छ र यसमा पाँच वर्ष लागेको थियो। बाटो पनि बनेको छैन भने काम सुरु भएको छ।"),
            ("bn", "নদীর উপর নতুন সেতু রবিবার খুলে দেওয়া হয়েছে।"),
            ("ur", "دریا پر نیا پل اتوار کو کھول دیا گیا ہے، اس میں چار سال لگے ہیں۔"),
            ("en", "The new bridge over the river was opened on Sunday. It took four years to build, officials said."),
            (
                "de",
                "Die neue Brücke über den Fluss ist am Sonntag eröffnet worden. Der Bau hat vier Jahre und nicht drei gedauert.",
            ),
            ("ru", "Новый мост через реку открыли в воскресенье, он строился четыре года, и это был рекорд."),
            ("uk", "Новий міст через річку відкрили в неділю, його будували чотири роки."),
            ("zh", "河上的新橋星期日開放，建造用了四年。"),
            ("ja", "川に架かる新しい橋が日曜日に開通した。"),
            ("el", "Η νέα γέφυρα άνοιξε την Κυριακή."),
            (
                "",
                "Kolm uut silda avati pühapäeval, see oli suur töö ja ei ole veel valmis, kuid on ka vana sild, mis ei kesta.",
            ),
            (
                "",
                "Die nuwe brug oor die rivier is Sondag geopen, dit het vier jaar geduur en was nie goedkoop vir die stad nie.",
            ),
            (
                "",
                "Jembatan baru di atas sungai dibuka pada hari Minggu, pembangunan itu dilakukan dengan biaya besar untuk kota.",
            ),
            (
                "",
                "A nova ponte abriu o domingo, tardou catro anos en facerse e custou máis do que dixeron no concello, pero non é unha ponte longa.",
            ),
            ("", "नदी पर बनल नया पुल अतवार के खुल गइल बा, एह काम में चार साल लागल रहे आ लोग खातिर रस्ता आसान भइल बा।"),
            (
                "pt",
                "A nova ponte abriu no domingo, não foi barata e levou quatro anos para ficar pronta, mas é uma das mais longas do país, com um passeio.",
            ),
            (
                "nl",
                "De nieuwe brug over de rivier is zondag geopend, het duurde vier jaar en het was niet goedkoop voor een stad als deze.",
            ),
            ("", "2026"),
        ] {
            assert_eq!(of(text), language, "{text}");
        }
    }
}
