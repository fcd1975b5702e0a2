//! Which of the languages that a page declares its text can be in, judged by script.

use super::language;

/// Scripts; with Chinese go the syllables of Japanese.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Script {
    Latin,
    Devanagari,
    Bengali,
    Gurmukhi,
    Gujarati,
    Odia,
    Tamil,
    Telugu,
    Kannada,
    Malayalam,
    Sinhala,
    Thai,
    Lao,
    Burmese,
    Georgian,
    Armenian,
    Ethiopic,
    Khmer,
    Greek,
    Hebrew,
    Arabic,
    Cyrillic,
    Korean,
    Chinese,
}

/// Ranges of letters.
type Letters = &'static [(u32, u32)];

/// The scripts in their order: their ranges of letters, and the language of those that only one uses, in news at least.
const SCRIPTS: [(Script, Letters, &str); 24] = [
    (Script::Latin, &[(0x41, 0x5a), (0x61, 0x7a), (0xc0, 0x24f), (0x1e00, 0x1eff)], ""),
    (Script::Devanagari, &[(0x900, 0x97f)], ""),
    (Script::Bengali, &[(0x980, 0x9ff)], ""),
    (Script::Gurmukhi, &[(0xa00, 0xa7f)], "pa"),
    (Script::Gujarati, &[(0xa80, 0xaff)], "gu"),
    (Script::Odia, &[(0xb00, 0xb7f)], "or"),
    (Script::Tamil, &[(0xb80, 0xbff)], "ta"),
    (Script::Telugu, &[(0xc00, 0xc7f)], "te"),
    (Script::Kannada, &[(0xc80, 0xcff)], "kn"),
    (Script::Malayalam, &[(0xd00, 0xd7f)], "ml"),
    (Script::Sinhala, &[(0xd80, 0xdff)], "si"),
    (Script::Thai, &[(0xe00, 0xe7f)], "th"),
    (Script::Lao, &[(0xe80, 0xeff)], "lo"),
    (Script::Burmese, &[(0x1000, 0x109f)], "my"),
    (Script::Georgian, &[(0x10a0, 0x10ff)], "ka"),
    (Script::Armenian, &[(0x530, 0x58f)], "hy"),
    (Script::Ethiopic, &[(0x1200, 0x139f)], "am"),
    (Script::Khmer, &[(0x1780, 0x17ff)], "km"),
    (Script::Greek, &[(0x370, 0x3ff)], "el"),
    (Script::Hebrew, &[(0x590, 0x5ff)], "he"),
    (Script::Arabic, &[(0x600, 0x6ff), (0x750, 0x77f), (0xfb50, 0xfeff)], ""),
    (Script::Cyrillic, &[(0x400, 0x52f)], ""),
    (Script::Korean, &[(0xac00, 0xd7af), (0x1100, 0x11ff)], "ko"),
    (Script::Chinese, &[(0x3040, 0x30ff), (0x4e00, 0x9fff)], ""),
];

impl Script {
    /// The language that alone is written in it, or "".
    pub fn only(self) -> &'static str {
        SCRIPTS[self as usize].2
    }
}

/// Languages that are written in these scripts and in no other in news; what is not listed is believed.
const WRITTEN: [(&str, &[Script]); 52] = [
    ("en", &[Script::Latin]),
    ("de", &[Script::Latin]),
    ("fr", &[Script::Latin]),
    ("es", &[Script::Latin]),
    ("it", &[Script::Latin]),
    ("pt", &[Script::Latin]),
    ("nl", &[Script::Latin]),
    ("pl", &[Script::Latin]),
    ("cs", &[Script::Latin]),
    ("sk", &[Script::Latin]),
    ("sv", &[Script::Latin]),
    ("da", &[Script::Latin]),
    ("no", &[Script::Latin]),
    ("nb", &[Script::Latin]),
    ("fi", &[Script::Latin]),
    ("hu", &[Script::Latin]),
    ("ro", &[Script::Latin]),
    ("id", &[Script::Latin]),
    ("tr", &[Script::Latin]),
    ("vi", &[Script::Latin]),
    ("sw", &[Script::Latin]),
    ("hi", &[Script::Devanagari]),
    ("mr", &[Script::Devanagari]),
    ("ne", &[Script::Devanagari]),
    ("mai", &[Script::Devanagari]),
    ("bho", &[Script::Devanagari]),
    ("bn", &[Script::Bengali]),
    ("as", &[Script::Bengali]),
    ("pa", &[Script::Gurmukhi, Script::Arabic]),
    ("gu", &[Script::Gujarati]),
    ("or", &[Script::Odia]),
    ("ta", &[Script::Tamil]),
    ("te", &[Script::Telugu]),
    ("kn", &[Script::Kannada]),
    ("ml", &[Script::Malayalam]),
    ("si", &[Script::Sinhala]),
    ("th", &[Script::Thai]),
    ("lo", &[Script::Lao]),
    ("my", &[Script::Burmese]),
    ("ka", &[Script::Georgian]),
    ("hy", &[Script::Armenian]),
    ("am", &[Script::Ethiopic]),
    ("km", &[Script::Khmer]),
    ("el", &[Script::Greek]),
    ("he", &[Script::Hebrew]),
    ("ur", &[Script::Arabic]),
    ("ar", &[Script::Arabic]),
    ("fa", &[Script::Arabic]),
    ("ru", &[Script::Cyrillic]),
    ("uk", &[Script::Cyrillic]),
    ("ko", &[Script::Korean, Script::Chinese]),
    ("ja", &[Script::Chinese]),
];

/// Characters that are looked at, and the share of one script that makes it the text's.
const SAMPLE: usize = 800;
const MOST: f32 = 0.6;

/// The script of most letters of a text, None where no script has most of them.
pub fn of(text: &str) -> Option<Script> {
    let mut counts = [0u32; SCRIPTS.len()];
    for char in text.chars().take(SAMPLE).filter(|char| char.is_alphabetic()) {
        if char.is_ascii() {
            counts[Script::Latin as usize] += 1;
            continue;
        }
        let code = char as u32;
        let holds =
            |(_, ranges, _): &(Script, Letters, &str)| ranges.iter().any(|&(low, high)| (low..=high).contains(&code));
        if let Some(script) = SCRIPTS.iter().position(holds) {
            counts[script] += 1;
        }
    }
    let all: u32 = counts.iter().sum();
    let (script, &most) = counts.iter().enumerate().max_by_key(|(_, count)| **count)?;
    (all > 0 && most as f32 > MOST * all as f32).then(|| SCRIPTS[script].0)
}

/// True where both texts have a script each, and the first's is Latin and the second's is not.
pub fn is_latin_beside(one: &str, other: &str) -> bool {
    of(one) == Some(Script::Latin) && of(other).is_some_and(|script| script != Script::Latin)
}

/// The first declared language that the text's script can write, unless the text is plainly in another; where there is none, the one that
/// the text itself shows, or "".
pub fn language(declared: &[String], text: &str) -> String {
    let script = of(text);
    let fits = |language: &&String| {
        let written = WRITTEN.iter().find(|(known, _)| known == language);
        written.is_none_or(|(_, scripts)| script.is_none_or(|script| scripts.contains(&script)))
    };
    let stated = declared.iter().find(fits).filter(|stated| !language::is_other(stated, text));
    stated.cloned().unwrap_or_else(|| language::of(text).to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_language_that_the_script_rules_out_is_not_believed() {
        let of =
            |declared: &[&str], text| language(&declared.iter().map(|name| name.to_string()).collect::<Vec<_>>(), text);
        assert_eq!(of(&["en", "gu"], "નદી પર બનેલો નવો પુલ BBC ખુલ્લો મુકાયો"), "gu");
        assert_eq!(of(&["en"], "நதியின் குறுக்கே புதிய பாலம்"), "ta");
        assert_eq!(of(&["en"], "नदी पर बना नया पुल खुला"), "");
        assert_eq!(of(&["en"], "नदी पर नया पुल है और पुल के पास में गांव हैं, लोग पुल से जाने को तैयार हैं"), "hi");
        assert_eq!(of(&["en", "mr"], "नदीवरील नवा पूल खुला"), "mr");
        assert_eq!(of(&["hi"], "The bridge over the river opens"), "");
        assert_eq!(of(&["kok"], "नदीवरील नवा पूल"), "kok");
        assert_eq!(of(&[], "नदी पर बना नया पुल"), "");
        assert_eq!(of(&["ta"], "2026 — 15"), "ta");
        assert_eq!(of(&["pa"], "ندی تے بنیا نواں پل"), "pa");
    }
}
