//! The words of dates: months, weekdays, times of day, time zones and dateline labels, in the languages of the project.

use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

use unicode_normalization::UnicodeNormalization;

/// Spellings of January … December: Hindi, Marathi, Nepali, Bengali, Assamese, Tamil, Telugu, Gujarati, Kannada, Malayalam,
/// Punjabi, Odia, Urdu, then English and the large European languages. Compared after [`fold`].
const MONTHS: [&str; 12] = [
    "जनवरी जानेवारी जनवरि जानेवारि जानुअरी জানুয়ারি জানুয়ারী জানুৱাৰী ஜனவரி జనవరి જાન્યુઆરી ಜನವರಿ ജനുവരി ਜਨਵਰੀ ଜାନୁଆରୀ ଜାନୁୟାରୀ جنوری \
     january jan januar janvier enero janeiro gennaio januari январь января stycznia styczeń ocak ianuarie січня",
    "फरवरी फेब्रुवारी फ़ेब्रुवारी फेब्रुअरी फरबरी ফেব্রুয়ারি ফেব্রুয়ারী ফেব্ৰুৱাৰী பிப்ரவரி பெப்ரவரி ఫిబ్రవరి ફેબ્રુઆરી ಫೆಬ್ರವರಿ ಫೆಬ್ರುವರಿ ഫെബ്രുവരി ਫਰਵਰੀ \
     ଫେବୃଆରୀ ଫେବ୍ରୁଆରୀ ଫେବୃୟାରୀ فروری february feb febr februar février fevrier febrero fevereiro febbraio februari февраль февраля \
     lutego luty şubat februarie лютого",
    "मार्च মার্চ মাৰ্চ மார்ச் மார்ச்சு మార్చి માર્ચ ಮಾರ್ಚ್ ಮಾರ್ಚಿ മാർച്ച് മാര്‍ച്ച് ਮਾਰਚ ମାର୍ଚ୍ଚ ମାର୍ଚ مارچ march mar märz maerz mars marzo março maart \
     март марта marca marzec mart martie березня",
    "अप्रैल एप्रिल अप्रेल अप्रिल এপ্রিল এপ্ৰিল ஏப்ரல் ఏప్రిల్ એપ્રિલ ಏಪ್ರಿಲ್ ಎಪ್ರಿಲ್ ഏപ്രിൽ ഏപ്രില്‍ ਅਪ੍ਰੈਲ ਅਪਰੈਲ ଅପ୍ରେଲ ଏପ୍ରିଲ ଅପ୍ରିଲ اپریل april apr avril abril \
     aprile апрель апреля kwietnia kwiecień nisan aprilie квітня",
    "मई मे মে মে' মে’ மே మే મે ಮೇ മേയ് മെയ് ਮਈ ମଇ ମେ مئی may mai mayo maio maggio mei май мая maja maj mayıs травня",
    "जून जुन জুন ஜூன் జూన్ જૂન જુન ಜೂನ್ ജൂൺ ജൂണ്‍ ਜੂਨ ଜୁନ ଜୁନ୍ جون june jun juni juin junio junho giugno июнь июня czerwca \
     czerwiec haziran iunie червня",
    "जुलाई जुलै जुलाइ জুলাই ஜூலை జులై జూలై જુલાઈ જુલાઇ ಜುಲೈ ജൂലൈ ജൂലായ് ਜੁਲਾਈ ଜୁଲାଇ ଜୁଲାଈ جولائی july jul juli juillet julio julho \
     luglio июль июля lipca lipiec temmuz iulie липня",
    "अगस्त ऑगस्ट अगस्ट आगस्ट ऑगष्ट अगष्ट আগস্ট আগষ্ট ஆகஸ்ட் ஆகஸ்டு ஆகத்து ఆగస్టు ఆగష్టు ఆగస్ట్ ઓગસ્ટ ઑગસ્ટ ಆಗಸ್ಟ್ ಆಗಸ್ಟು ഓഗസ്റ്റ് ആഗസ്റ്റ് ਅਗਸਤ \
     ଅଗଷ୍ଟ ଅଗଷ୍ଟ୍ ଅଗସ୍ତ ଅଗଷ୍ଟେ اگست august aug août aout agosto augustus август августа sierpnia sierpień ağustos серпня",
    "सितंबर सितम्बर सितमबर सप्टेंबर सेप्टेम्बर सेप्टेंबर সেপ্টেম্বর ছেপ্টেম্বৰ செப்டம்பர் செப்டெம்பர் సెప్టెంబర్ సెప్టెంబరు સપ્ટેમ્બર સપ્ટેંબર ಸೆಪ್ಟೆಂಬರ್ ಸೆಪ್ಟಂಬರ್ \
     സെപ്റ്റംബർ സെപ്തംബർ സെപ്റ്റംബര്‍ സെപ്തംബര്‍ ਸਤੰਬਰ ਸਿਤੰਬਰ ସେପ୍ଟେମ୍ବର ستمبر september sept sep septembre septiembre setiembre setembro settembre \
     сентябрь сентября września wrzesień eylül septembrie вересня",
    "अक्टूबर अक्तूबर अक्टुबर ऑक्टोबर अक्टोबर অক্টোবর অক্টোবৰ அக்டோபர் அக்தோபர் ఆక్టోబర్ అక్టోబర్ అక్టోబరు ઓક્ટોબર ઑક્ટોબર ಅಕ್ಟೋಬರ್ ഒക്ടോബർ ഒക്ടോബര്‍ ਅਕਤੂਬਰ ਅਕਤੂਬਰ \
     ଅକ୍ଟୋବର اکتوبر october oct oktober octobre octubre outubro ottobre октябрь октября października październik ekim \
     octombrie жовтня",
    "नवंबर नवम्बर नवमबर नोव्हेंबर नोभेम्बर नोवेम्बर নভেম্বর নৱেম্বৰ நவம்பர் నవంబర్ నవంబరు નવેમ્બર નવેંબર ನವೆಂಬರ್ ನವಂಬರ್ നവംബർ നവംബര്‍ ਨਵੰਬਰ ନଭେମ୍ବର نومبر \
     november nov novembre noviembre novembro ноябрь ноября listopada listopad kasım noiembrie листопада",
    "दिसंबर दिसम्बर दिसमबर डिसेंबर डिसेम्बर ডিসেম্বর ডিচেম্বৰ டிசம்பர் திசம்பர் డిసెంబర్ డిసెంబరు ડિસેમ્બર ડિસેંબર ಡಿಸೆಂಬರ್ ಡಿಸಂಬರ್ ഡിസംബർ ഡിസംബര്‍ ਦਸੰਬਰ ଡିସେମ୍ବର دسمبر \
     december dec dezember décembre diciembre dezembro dicembre декабрь декабря grudnia grudzień aralık decembrie грудня",
];

/// Abbreviations that are also everyday words (जन, "out", "set"): a month only where the whole string is a date.
const SHORT_MONTHS: [&str; 12] = [
    "जन जान janv ene gen янв",
    "फर फ़र फेब fév fev feb febb фев",
    "mär mrz мар",
    "अप्रै अप्रि avr abr апр",
    "mag",
    "giu июн",
    "जुला juil lug июл",
    "अग ऑग ago авг",
    "सित सितं सितम सप्टें set sett сен сент",
    "अक्टू अक्तू अक्ट ऑक्टो okt out ott окт",
    "नव नवं नवम नोव्हें ноя",
    "दिस दिसं दिसम डिसें dez dic déc дек",
];

const WEEKDAYS: &str = "monday tuesday wednesday thursday friday saturday sunday mon tue tues wed thu thur thurs fri sat sun \
    सोमवार मंगलवार मङ्गलवार बुधवार गुरुवार गुरूवार बृहस्पतिवार वृहस्पतिवार बिहीबार शुक्रवार शनिवार रविवार सोम मंगल बुध गुरु शुक्र शनि रवि \
    सोमबार मंगलबार मङ्गलबार बुधबार शुक्रबार शनिबार आइतबार \
    সোমবার মঙ্গলবার বুধবার বৃহস্পতিবার শুক্রবার শনিবার রবিবার திங்கள் திங்கட்கிழமை செவ்வாய் செவ்வாய்க்கிழமை புதன் புதன்கிழமை வியாழன் \
    வியாழக்கிழமை வெள்ளி வெள்ளிக்கிழமை சனி சனிக்கிழமை ஞாயிறு ஞாயிற்றுக்கிழமை సోమవారం మంగళవారం బుధవారం గురువారం శుక్రవారం శనివారం ఆదివారం \
    સોમવાર મંગળવાર બુધવાર ગુરુવાર ગુરૂવાર શુક્રવાર શનિવાર રવિવાર ಸೋಮವಾರ ಮಂಗಳವಾರ ಬುಧವಾರ ಗುರುವಾರ ಶುಕ್ರವಾರ ಶನಿವಾರ ಭಾನುವಾರ \
    തിങ്കൾ തിങ്കളാഴ്ച ചൊവ്വ ചൊവ്വാഴ്ച ബുധൻ ബുധനാഴ്ച വ്യാഴം വ്യാഴാഴ്ച വെള്ളി വെള്ളിയാഴ്ച ശനി ശനിയാഴ്ച ഞായർ ഞായറാഴ്ച \
    ਸੋਮਵਾਰ ਮੰਗਲਵਾਰ ਬੁੱਧਵਾਰ ਵੀਰਵਾਰ ਸ਼ੁੱਕਰਵਾਰ ਸ਼ਨੀਵਾਰ ਸ਼ਨਿੱਚਰਵਾਰ ਐਤਵਾਰ ସୋମବାର ମଙ୍ଗଳବାର ବୁଧବାର ଗୁରୁବାର ଶୁକ୍ରବାର ଶନିବାର ରବିବାର \
    پیر منگل بدھ جمعرات جمعہ ہفتہ سنیچر اتوار montag dienstag mittwoch donnerstag freitag samstag sonnabend sonntag \
    lundi mardi mercredi jeudi vendredi samedi dimanche lunes martes miércoles jueves viernes sábado domingo \
    lunedì martedì mercoledì giovedì venerdì sabato domenica segunda terça quarta quinta sexta feira \
    понедельник вторник среда четверг пятница суббота воскресенье maandag dinsdag woensdag donderdag vrijdag zaterdag zondag";

/// Words for the first and the second half of the day.
const FORENOON: &str = "am एएम এএম એએમ ఏఎం ಎಎಂ എഎം ਏਐਮ पूर्वाह्न पूर्वान्ह सुबह सकाळी बिहान পূর্বাহ্ন পূর্বাহ্ণ সকাল முற்பகல் காலை ఉదయం સવારે ಬೆಳಗ್ಗೆ രാവിലെ ਸਵੇਰੇ ସକାଳ صبح";
const AFTERNOON: &str = "pm पीएम পিএম પીએમ పీఎం ಪಿಎಂ പിഎം ਪੀਐਮ अपराह्न अपरान्ह शाम सायंकाळी साँझ অপরাহ্ন অপরাহ্ণ বিকাল সন্ধ্যা பிற்பகல் மாலை సాయంత్రం સાંજે ಸಂಜೆ വൈകിട്ട് വൈകുന്നേരം ਸ਼ਾਮ ସନ୍ଧ୍ୟା شام";

const NIGHT: &str = "रात रात्री रात्रि";
const NOON: &str = "दोपहर दुपारी";

/// Words that may follow a time and say nothing more than that it is one.
const OCLOCK: &str = "बजे वाजता बजेर टा hrs hours hr uhr h টায় மணி గంటలకు વાગ્યે ಗಂಟೆಗೆ മണിക്ക് ਵਜੇ بجے";

/// Time zones that mean one offset, in minutes.
const ZONES: [(&str, i32); 30] = [
    ("ist", 330),
    ("आईएसटी", 330),
    ("भामास", 330),
    ("z", 0),
    ("gmt", 0),
    ("utc", 0),
    ("ut", 0),
    ("जीएमटी", 0),
    ("यूटीसी", 0),
    ("est", -300),
    ("edt", -240),
    ("cst", -360),
    ("cdt", -300),
    ("mst", -420),
    ("mdt", -360),
    ("pst", -480),
    ("pdt", -420),
    ("cet", 60),
    ("cest", 120),
    ("mez", 60),
    ("mesz", 120),
    ("eet", 120),
    ("eest", 180),
    ("msk", 180),
    ("npt", 345),
    ("pkt", 300),
    ("sgt", 480),
    ("hkt", 480),
    ("jst", 540),
    ("aest", 600),
];
/// Time zones that mean several offsets, or change over the year: a time in one of them has no offset.
const LOCAL_ZONES: &str = "bst et ct mt pt wat gst amt";

/// What a label in front of a date says of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Label {
    Published,
    Updated,
}

/// Labels of one to three words; compared after [`fold`], words joined by one space.
const PUBLISHED: &str = "published|publish|publishing|posted|uploaded|release date|प्रकाशित|प्रकाशन|पब्लिश|पब्लिश्ड|पोस्टेड|प्रसिद्ध झाले|\
    প্রকাশিত|প্রকাশ|প্রকাশের|প্ৰকাশিত|வெளியிடப்பட்டது|வெளியிட்ட|வெளியீடு|பதிவு செய்த நாள்|பதிவு செய்யப்பட்டது|பதிவு|ప్రచురించబడింది|ప్రచురణ|ప్రచురించిన|పబ్లిష్|\
    પ્રકાશિત|પ્રકાશન|પબ્લિશ|ಪ್ರಕಟಿತ|ಪ್ರಕಟಣೆ|ಪ್ರಕಟ|ಪ್ರಕಟವಾದ|പ്രസിദ്ധീകരിച്ചത്|പ്രസിദ്ധീകരിച്ച|ਪ੍ਰਕਾਸ਼ਿਤ|ਪਬਲਿਸ਼|ପ୍ରକାଶିତ|ପ୍ରକାଶ|شائع|شائع شدہ|اشاعت|تاریخ اشاعت|\
    veröffentlicht|erschienen|publié|publiée|publicado|publicada|pubblicato|gepubliceerd|опубликовано|opublikowano|yayınlanma";
const UPDATED: &str = "updated|update|modified|revised|अपडेट|अपडेटेड|अपडेटिड|अद्यतन|अद्ययावत|अद्यावधिक|অপডেট|আপডেট|আপডেটেড|হালনাগাদ|புதுப்பிக்கப்பட்டது|அப்டேட்|\
    అప్‌డేట్|అప్డేట్|నవీకరించబడింది|અપડેટ|અપડેટેડ|ಅಪ್‌ಡೇಟ್|ಅಪ್ಡೇಟ್|ನವೀಕರಿಸಲಾಗಿದೆ|അപ്ഡേറ്റ്|അപ്‌ഡേറ്റ്|പുതുക്കിയത്|ਅਪਡੇਟ|ਅੱਪਡੇਟ|ଅପଡେଟ|ଅପଡେଟ୍|اپ ڈیٹ|اپڈیٹ|\
    aktualisiert|mis à jour|actualizado|actualizada|aggiornato|atualizado|atualizada|bijgewerkt|обновлено|zaktualizowano|güncelleme";
/// Words that belong to a label when they stand in front of it.
const BEFORE_LABEL: &str = "last first date story article news originally latest अंतिम आखिरी लास्ट फर्स्ट पहली बार शेवटचे शेवटचा सर्वात सर्वशेष সর্বশেষ শেষ કદી છેલ્લું ಕೊನೆಯ \
    അവസാനം ਆਖਰੀ ਆਖ਼ਰੀ आख़िरी آخری zuletzt dernière ultima última ultimo último";
/// Words that may stand between a label and its date.
const AFTER_LABEL: &str = "on at date time dated the a by in ist को तिथि तारीख दिनांक दिनाङ्क मिति समय का की किया गया हुआ रोजी है তারিখ সময় এর করা হয়েছে তাৰিখ தேதி நாள் నాడు తేదీ \
    తేది તારીખ ದಿನಾಂಕ തീയതി ਮਿਤੀ ਤਾਰੀਖ ତାରିଖ تاریخ کیا گیا ہوا کی am um le el em il op la à alle às las";

/// The form in which words are compared: NFD, lower case, without accents, nuktas and joiners, nasals of Devanagari as anusvara.
pub fn fold(word: &str) -> String {
    if word.is_ascii() {
        return word.to_ascii_lowercase();
    }
    if is_plain(word) {
        folded(word.chars(), word.len())
    } else {
        folded(word.nfd().flat_map(char::to_lowercase), word.len())
    }
}

/// Devanagari of which nothing is composed, and nothing to be put in order.
fn is_plain(word: &str) -> bool {
    word.as_bytes().as_chunks().0.iter().all(|letter| match letter {
        [0xE0, 0xA4, third] => !matches!(third, 0xA9 | 0xB1 | 0xB4),
        [0xE0, 0xA5, third] => !matches!(third, 0x91..=0x94 | 0x98..=0x9F),
        _ => false,
    })
}

fn folded(letters: impl Iterator<Item = char>, length: usize) -> String {
    let mut folded = String::with_capacity(length);
    let mut letters = letters.filter(|&c| !is_silent(c)).peekable();
    while let Some(letter) = letters.next() {
        match letter {
            'ङ' | 'ञ' | 'ण' | 'न' | 'म' if letters.peek() == Some(&'\u{94d}') => {
                letters.next();
                // A conjunct with a vowel carrier, not a final virama: सितम्बर is सितंबर.
                folded.push(if letters.peek().is_some() { '\u{902}' } else { letter });
            }
            '\u{901}' => folded.push('\u{902}'),
            'ي' => folded.push('ی'),
            'ك' => folded.push('ک'),
            'ı' => folded.push('i'),
            'ł' => folded.push('l'),
            _ => folded.push(letter),
        }
    }
    folded
}

/// Accents, nuktas, Arabic vowel marks and joiners.
fn is_silent(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36f}' | '\u{93c}' | '\u{9bc}' | '\u{a3c}' | '\u{b3c}' | '\u{64b}'..='\u{65f}' | '\u{670}')
        || matches!(c, '\u{200b}'..='\u{200f}' | '\u{feff}')
}

/// The first two letters of a word, and the third one if folding leaves it as it is: they tell quickly of most that it is no listed one, and
/// folding costs much more.
fn opening(letters: impl Iterator<Item = char>) -> [char; 3] {
    let is_small = |c: char| matches!(c, 'a'..='z' | '\u{900}'..='\u{dff}');
    let (mut opening, mut count) = ([char::default(); 3], 0);
    for letter in letters.filter(|&c| !is_silent(c)) {
        let mut lower = letter.to_lowercase();
        let lower = if is_small(letter) { [Some(letter), None] } else { [lower.next(), lower.next()] };
        for letter in lower.into_iter().flatten().take(3 - count) {
            opening[count] = letter;
            count += 1;
        }
        if count == 3 {
            break;
        }
    }
    opening[2] = third_of_opening(opening[2]);
    opening
}

/// The third letter of an opening, if folding leaves it as it is.
fn third_of_opening(letter: char) -> char {
    let is_kept = matches!(letter, 'a'..='z' | '\u{905}'..='\u{928}' | '\u{92a}'..='\u{930}' | '\u{932}'..='\u{939}' | '\u{93e}'..='\u{94d}');
    if is_kept && !matches!(letter, 'ङ' | 'ञ' | 'ण' | 'न' | 'म') { letter } else { char::default() }
}

/// The [`opening`] of a word that begins with two or three letters of Indic scripts, of which none is a nukta.
fn indic_opening(bytes: &[u8]) -> Option<[char; 3]> {
    let letter = |second: u8, third: u8| {
        let code = u32::from(second & 0x3F) << 6 | u32::from(third & 0x3F);
        if third == 0xBC { None } else { char::from_u32(code) }
    };
    match *bytes {
        [0xE0, a @ 0xA4..=0xB7, b, 0xE0, c @ 0xA4..=0xB7, d] => Some([letter(a, b)?, letter(c, d)?, char::default()]),
        [0xE0, a @ 0xA4..=0xB7, b, 0xE0, c @ 0xA4..=0xB7, d, 0xE0, e @ 0xA4..=0xB7, f, ..] => {
            Some([letter(a, b)?, letter(c, d)?, third_of_opening(letter(e, f)?)])
        }
        _ => None,
    }
}

/// The [`opening`] of a word that begins with these.
fn ascii_opening(bytes: [u8; 3]) -> [char; 3] {
    let [first, second, third] = bytes.map(|byte| char::from(byte.to_ascii_lowercase()));
    [first, second, if third.is_ascii_lowercase() { third } else { char::default() }]
}

struct Lexicon {
    /// A bit for each opening of months and words, composed and decomposed.
    openings: [u64; 256],
    /// The same of all words that dates consist of.
    dates: [u64; 256],
    months: HashMap<String, u32>,
    short_months: HashMap<String, u32>,
    words: HashMap<String, Word>,
    labels: HashMap<String, Label>,
    before_label: HashSet<String>,
    after_label: HashSet<String>,
}

impl Lexicon {
    /// False only where a word begins as no month and no word does.
    fn may_open(&self, word: &str) -> bool {
        holds(&self.openings, word)
    }
}

/// Whether there is a bit for the opening of a word.
#[inline]
fn holds(openings: &[u64; 256], word: &str) -> bool {
    let bit = bit_of(match word.as_bytes() {
        [first, second, third, ..] if word.is_ascii() => ascii_opening([*first, *second, *third]),
        bytes => indic_opening(bytes).unwrap_or_else(|| opening(word.chars())),
    });
    openings[bit / 64] >> (bit % 64) & 1 != 0
}

/// Fourteen bits of an opening.
fn bit_of(opening: [char; 3]) -> usize {
    let hash = opening.into_iter().fold(0_u32, |hash, letter| (hash ^ u32::from(letter)).wrapping_mul(0x9E37_79B1));
    hash as usize >> 18
}

/// What a word beside a date may be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Word {
    Weekday,
    Forenoon,
    Afternoon,
    /// रात: evening before midnight, morning after.
    Night,
    /// दोपहर.
    Noon,
    OClock,
    /// Minutes east of UTC, where the name means one offset.
    Zone(Option<i32>),
}

static LEXICON: LazyLock<Lexicon> = LazyLock::new(|| {
    let months = |table: [&str; 12]| {
        let numbered =
            (1..).zip(table).flat_map(|(month, names)| names.split_whitespace().map(move |name| (fold(name), month)));
        numbered.collect::<HashMap<_, _>>()
    };
    let mut words = HashMap::new();
    let kinds = [
        (OCLOCK, Word::OClock),
        (WEEKDAYS, Word::Weekday),
        (FORENOON, Word::Forenoon),
        (AFTERNOON, Word::Afternoon),
        (NIGHT, Word::Night),
        (NOON, Word::Noon),
    ];
    for (names, word) in kinds {
        words.extend(names.split_whitespace().map(|name| (fold(name), word)));
    }
    words.extend(ZONES.iter().map(|&(name, minutes)| (fold(name), Word::Zone(Some(minutes)))));
    words.extend(LOCAL_ZONES.split_whitespace().map(|name| (fold(name), Word::Zone(None))));
    let labels = [(PUBLISHED, Label::Published), (UPDATED, Label::Updated)];
    let labels =
        labels.into_iter().flat_map(|(names, label)| names.split('|').map(move |name| (fold(name.trim()), label)));
    let all =
        MONTHS.into_iter().chain(SHORT_MONTHS).chain(kinds.map(|(names, _)| names)).flat_map(str::split_whitespace);
    let all = all.chain(ZONES.map(|(name, _)| name)).chain(LOCAL_ZONES.split_whitespace());
    let set = |openings: &mut [u64; 256], name: &str| {
        for bit in [opening(name.chars()), opening(name.nfc()), opening(name.nfd())].map(bit_of) {
            openings[bit / 64] |= 1 << (bit % 64);
        }
    };
    let mut openings = [0; 256];
    all.for_each(|name| set(&mut openings, name));
    let mut dates = openings;
    AFTER_LABEL.split_whitespace().chain(["del"]).for_each(|name| set(&mut dates, name));
    Lexicon {
        openings,
        dates,
        months: months(MONTHS),
        short_months: months(SHORT_MONTHS),
        words,
        labels: labels.collect(),
        before_label: BEFORE_LABEL.split_whitespace().map(fold).collect(),
        after_label: AFTER_LABEL.split_whitespace().map(fold).collect(),
    }
});

/// How far a month's name may be stretched.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Spelling {
    /// The whole string is a date: abbreviations that are also words are months.
    Whole,
    /// A date inside a text: names as listed.
    Listed,
    /// Running text: a listed name may carry a case ending ("ऑगस्टला", "আগস্টের").
    Inflected,
}

/// True for the name of a month, also a short one, and of a day of the week.
pub fn is_month_or_weekday(word: &str) -> bool {
    let lexicon = &*LEXICON;
    lexicon.may_open(word) && {
        let name = fold(word);
        lexicon.months.contains_key(&name)
            || lexicon.short_months.contains_key(&name)
            || lexicon.words.get(&name) == Some(&Word::Weekday)
    }
}

/// False only where a word of more than two bytes stands in no date, but for brackets.
pub fn may_be_in_date(word: &str) -> bool {
    holds(&LEXICON.dates, word)
}

/// The month (1 to 12) that a word names.
pub fn month(word: &str, spelling: Spelling) -> Option<u32> {
    let lexicon = &*LEXICON;
    if !lexicon.may_open(word) {
        return None;
    }
    let mut name = fold(word);
    if let Some(&month) = lexicon.months.get(&name) {
        return Some(month);
    }
    match spelling {
        Spelling::Whole => lexicon.short_months.get(&name).copied(),
        Spelling::Listed => None,
        Spelling::Inflected => {
            if !name.chars().next().is_some_and(|first| ('\u{900}'..='\u{dff}').contains(&first)) {
                return None;
            }
            // The longest endings seen: Malayalam and Marathi, up to seven characters; what is left must be a name, not a syllable.
            for _ in 0..7 {
                name.pop();
                if name.chars().count() < 4 {
                    return None;
                }
                if let Some(&month) = lexicon.months.get(&name) {
                    return Some(month);
                }
            }
            None
        }
    }
}

pub fn word(word: &str) -> Option<Word> {
    if !LEXICON.may_open(word) {
        return None;
    }
    LEXICON.words.get(&fold(word)).copied()
}

/// The label that the words (joined by one space) are.
pub fn label(words: &str) -> Option<Label> {
    LEXICON.labels.get(&fold(words)).copied()
}

pub fn is_before_label(word: &str) -> bool {
    LEXICON.before_label.contains(&fold(word))
}

pub fn is_after_label(word: &str) -> bool {
    LEXICON.after_label.contains(&fold(word))
}

/// The value of a decimal digit of any script that news is written in.
#[inline]
pub fn digit(c: char) -> Option<u32> {
    const ELSEWHERE: [u32; 11] = [0x660, 0x6f0, 0x7c0, 0xe50, 0xed0, 0xf20, 0x1040, 0x17e0, 0x1c50, 0xabf0, 0xff10];
    let code = c as u32;
    match code {
        0x30..0x3a => Some(code - 0x30),
        0..0x660 => None,
        // Each Indic block has its digits at the same place.
        0x900..0xe00 => (code & 0x7f).checked_sub(0x66).filter(|&value| value < 10),
        _ => ELSEWHERE.iter().find_map(|zero| code.checked_sub(*zero).filter(|&value| value < 10)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_script_names_its_months() {
        for name in
            ["अगस्त", "ऑगस्ट", "আগস্ট", "ஆகஸ்ட்", "ఆగస్టు", "ઓગસ્ટ", "ಆಗಸ್ಟ್", "ഓഗസ്റ്റ്", "ਅਗਸਤ", "ଅଗଷ୍ଟ", "اگست", "août", "Август"]
        {
            assert_eq!(month(name, Spelling::Listed), Some(8), "{name}");
        }
        assert_eq!(month("सितम्बर", Spelling::Listed), Some(9));
        assert_eq!(month("फ़रवरी", Spelling::Listed), Some(2));
        assert_eq!(month("जन", Spelling::Listed), None);
        assert_eq!(month("जन", Spelling::Whole), Some(1));
        assert_eq!(month("ऑगस्टला", Spelling::Inflected), Some(8));
        assert_eq!(month("मेला", Spelling::Inflected), None);
    }

    #[test]
    fn no_name_is_two_months() {
        for (table, count) in [(MONTHS, &LEXICON.months), (SHORT_MONTHS, &LEXICON.short_months)] {
            for (month, names) in (1..).zip(table) {
                for name in names.split_whitespace() {
                    assert_eq!(count.get(&fold(name)), Some(&month), "{name}");
                    for spelling in [name.nfc().collect::<String>(), name.nfd().collect(), name.to_uppercase()] {
                        assert_eq!(super::month(&spelling, Spelling::Whole), Some(month), "{spelling}");
                    }
                }
            }
        }
    }

    #[test]
    fn plain_words_fold_as_all_do() {
        let letters: Vec<char> = ('\u{900}'..='\u{97f}').collect();
        let mut next = crate::draws::draws(4);
        for _ in 0..100_000 {
            let mut word = String::new();
            for _ in 0..4 {
                word.push(letters[next(letters.len())]);
            }
            let whole = folded(word.nfd().flat_map(char::to_lowercase), word.len());
            assert_eq!(fold(&word), whole, "{word:?}");
        }
    }

    #[test]
    fn a_word_opens_as_its_letters_do() {
        let letters: Vec<char> = ('\u{8f0}'..='\u{e10}').chain(['a', 'M', 'é', '\u{200d}', '5', ' ']).collect();
        let mut next = crate::draws::draws(9);
        let mut known = 0;
        for _ in 0..100_000 {
            let word: String = (0..next(5)).map(|_| letters[next(letters.len())]).collect();
            if let Some(found) = indic_opening(word.as_bytes()) {
                known += 1;
                assert_eq!(found, opening(word.chars()), "{word:?}");
            }
        }
        assert!(known > 10_000);
    }

    #[test]
    fn digits_of_all_scripts() {
        assert_eq!(
            "२৩੪૫୬௭౮೯൦۱٢7".chars().map(digit).collect::<Option<Vec<_>>>(),
            Some(vec![2, 3, 4, 5, 6, 7, 8, 9, 0, 1, 2, 7])
        );
        assert_eq!(digit('x'), None);
        assert_eq!(digit('\u{0}'), None);
    }
}
