//! Where in an image's caption the credit begins: "Children at the lake Photo: A. Das", "… (PTI)".

use crate::cues::{Cues, Form, is_word};
use crate::spans::Reason;

/// Longest caption in which a credit is looked for, and longest name behind its cue, in characters.
const CAPTION: usize = 1000;
const NAME: usize = 80;

/// The byte at which the credit begins, with the bracket or the bar before it; 0 where the caption is nothing else.
pub fn credit_at(caption: &str, cues: &Cues) -> Option<usize> {
    if caption.chars().count() > CAPTION {
        return None;
    }
    let mut before = ' ';
    let mut found = None;
    for (at, char) in caption.char_indices() {
        let begins = (is_word(char) || char == '©') && !is_word(before);
        before = char;
        if begins && found.is_none() && is_credit(caption, at, cues) {
            found = Some(at);
        }
    }
    let lead = caption[..found?].trim_end_matches(|char: char| char.is_whitespace() || "([{|/-–—•·,:".contains(char));
    // A stop belongs to the caption.
    let begin = caption.len() - caption[lead.len()..].trim_start().len();
    Some(if lead.chars().any(is_word) { begin } else { 0 })
}

fn is_credit(caption: &str, at: usize, cues: &Cues) -> bool {
    let rest = &caption[at..];
    if rest.starts_with('©') {
        return rest.chars().count() <= NAME;
    }
    let Some(hit) = cues.at_start(rest) else { return false };
    let name = hit.rest(rest);
    if name.chars().count() > NAME {
        return false;
    }
    let named = name.chars().any(char::is_alphabetic);
    let set_apart = caption[..at].trim_end().chars().next_back().is_none_or(|before| !is_word(before));
    match hit.reason {
        // "Photo: name"; "File photo" and "Photo of the lake" are of the caption.
        Reason::Caption => named && matches!(hit.form, Form::Label | Form::Head),
        // An agency's name stands alone behind a sign, or with other agencies.
        Reason::Credit => set_apart && (!named || name.trim_start().starts_with(',')),
        Reason::Source | Reason::Copyright => set_apart || named,
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parts(caption: &str) -> (String, String) {
        let cue = |reason: &str, phrase: &str| ("en".to_string(), reason.to_string(), phrase.to_string());
        let cues = Cues::new(vec![
            cue("caption", "Photo"),
            cue("caption", "File photo"),
            cue("caption", "फोटो"),
            cue("credit", "PTI"),
            cue("credit", "AFP"),
            cue("credit", "भाषा"),
        ]);
        let at = credit_at(caption, &cues.expect("cues")).unwrap_or(caption.len());
        (caption[..at].trim_end().to_string(), caption[at..].to_string())
    }

    #[test]
    fn credits_stand_behind_captions() {
        for (caption, credit) in [
            ("Children at the lake", "Photo: A. Das"),
            ("Children at the lake.", "Photo: A. Das"),
            ("झील पर बच्चे", "(फोटो: अ. दास)"),
            ("झील पर बच्चे", "| फोटो - अ. दास"),
            ("Children at the lake", "(PTI)"),
            ("Children at the lake", "– AFP, PTI"),
            ("Children at the lake", "© A. Das"),
            ("", "Photo: A. Das"),
            ("", "PTI"),
        ] {
            assert_eq!(parts(format!("{caption} {credit}").trim()), (caption.to_string(), credit.to_string()));
        }
    }

    #[test]
    fn captions_that_name_a_cue_stay_whole() {
        for caption in [
            "A photo of the lake",
            "Children at the lake (File photo)",
            "हिंदी भाषा, लिपि और बच्चे",
            "PTI workers at the lake",
        ] {
            assert_eq!(parts(caption), (caption.to_string(), String::new()));
        }
    }
}
