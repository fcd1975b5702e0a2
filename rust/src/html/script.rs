//! Which of the languages that a page declares its text can be in, judged by script.

/// Scripts by their ranges of letters; the language of those that only one uses, in news at least.
const SCRIPTS: [(&[(u32, u32)], &str); 24] = [
    (&[(0x41, 0x5a), (0x61, 0x7a), (0xc0, 0x24f), (0x1e00, 0x1eff)], "latin"),
    (&[(0x900, 0x97f)], ""),
    (&[(0x980, 0x9ff)], ""),
    (&[(0xa00, 0xa7f)], "pa"),
    (&[(0xa80, 0xaff)], "gu"),
    (&[(0xb00, 0xb7f)], "or"),
    (&[(0xb80, 0xbff)], "ta"),
    (&[(0xc00, 0xc7f)], "te"),
    (&[(0xc80, 0xcff)], "kn"),
    (&[(0xd00, 0xd7f)], "ml"),
    (&[(0xd80, 0xdff)], "si"),
    (&[(0xe00, 0xe7f)], "th"),
    (&[(0xe80, 0xeff)], "lo"),
    (&[(0x1000, 0x109f)], "my"),
    (&[(0x10a0, 0x10ff)], "ka"),
    (&[(0x530, 0x58f)], "hy"),
    (&[(0x1200, 0x139f)], "am"),
    (&[(0x1780, 0x17ff)], "km"),
    (&[(0x370, 0x3ff)], "el"),
    (&[(0x590, 0x5ff)], "he"),
    (&[(0x600, 0x6ff), (0x750, 0x77f), (0xfb50, 0xfeff)], ""),
    (&[(0x400, 0x52f)], ""),
    (&[(0xac00, 0xd7af), (0x1100, 0x11ff)], "ko"),
    (&[(0x3040, 0x30ff), (0x4e00, 0x9fff)], ""),
];
const LATIN: usize = 0;

/// Languages that are written in these scripts and in no other in news; what is not listed is believed.
const WRITTEN: [(&str, &[usize]); 52] = [
    ("en", &[LATIN]),
    ("de", &[LATIN]),
    ("fr", &[LATIN]),
    ("es", &[LATIN]),
    ("it", &[LATIN]),
    ("pt", &[LATIN]),
    ("nl", &[LATIN]),
    ("pl", &[LATIN]),
    ("cs", &[LATIN]),
    ("sk", &[LATIN]),
    ("sv", &[LATIN]),
    ("da", &[LATIN]),
    ("no", &[LATIN]),
    ("nb", &[LATIN]),
    ("fi", &[LATIN]),
    ("hu", &[LATIN]),
    ("ro", &[LATIN]),
    ("id", &[LATIN]),
    ("tr", &[LATIN]),
    ("vi", &[LATIN]),
    ("sw", &[LATIN]),
    ("hi", &[1]),
    ("mr", &[1]),
    ("ne", &[1]),
    ("mai", &[1]),
    ("bho", &[1]),
    ("bn", &[2]),
    ("as", &[2]),
    ("pa", &[3, 20]),
    ("gu", &[4]),
    ("or", &[5]),
    ("ta", &[6]),
    ("te", &[7]),
    ("kn", &[8]),
    ("ml", &[9]),
    ("si", &[10]),
    ("th", &[11]),
    ("lo", &[12]),
    ("my", &[13]),
    ("ka", &[14]),
    ("hy", &[15]),
    ("am", &[16]),
    ("km", &[17]),
    ("el", &[18]),
    ("he", &[19]),
    ("ur", &[20]),
    ("ar", &[20]),
    ("fa", &[20]),
    ("ru", &[21]),
    ("uk", &[21]),
    ("ko", &[22, 23]),
    ("ja", &[23]),
];

/// Characters that are looked at, and the share of one script that makes it the text's.
const SAMPLE: usize = 800;
const MOST: f32 = 0.6;

/// The script of most letters of a text, None where no script has most of them.
fn script_of(text: &str) -> Option<usize> {
    let mut counts = [0u32; SCRIPTS.len()];
    for char in text.chars().take(SAMPLE).filter(|char| char.is_alphabetic()) {
        if char.is_ascii() {
            counts[LATIN] += 1;
            continue;
        }
        let code = char as u32;
        let holds =
            |(ranges, _): &(&[(u32, u32)], &str)| ranges.iter().any(|&(low, high)| (low..=high).contains(&code));
        if let Some(script) = SCRIPTS.iter().position(holds) {
            counts[script] += 1;
        }
    }
    let all: u32 = counts.iter().sum();
    let (script, &most) = counts.iter().enumerate().max_by_key(|(_, count)| **count)?;
    (all > 0 && most as f32 > MOST * all as f32).then_some(script)
}

/// True where both texts have a script each, and the first's is Latin and the second's is not.
pub fn is_latin_beside(one: &str, other: &str) -> bool {
    script_of(one) == Some(LATIN) && script_of(other).is_some_and(|script| script != LATIN)
}

/// The first declared language that the text's script can write, else the one that alone is written in it, else "".
pub fn language(declared: &[String], text: &str) -> String {
    let Some(script) = script_of(text) else { return declared.first().cloned().unwrap_or_default() };
    let fits = |language: &&String| {
        let written = WRITTEN.iter().find(|(known, _)| known == language);
        written.is_none_or(|(_, scripts)| scripts.contains(&script))
    };
    let only = if script == LATIN || declared.is_empty() { "" } else { SCRIPTS[script].1 };
    declared.iter().find(fits).cloned().unwrap_or_else(|| only.to_string())
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
        assert_eq!(of(&["en", "mr"], "नदीवरील नवा पूल खुला"), "mr");
        assert_eq!(of(&["hi"], "The bridge over the river opens"), "");
        assert_eq!(of(&["kok"], "नदीवरील नवा पूल"), "kok");
        assert_eq!(of(&[], "नदी पर बना नया पुल"), "");
        assert_eq!(of(&["ta"], "2026 — 15"), "ta");
        assert_eq!(of(&["pa"], "ندی تے بنیا نواں پل"), "pa");
    }
}
