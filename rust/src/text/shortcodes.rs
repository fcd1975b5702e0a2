//! Lines that are nothing but a call to a content system that nobody answered: `[gallery ids="1,2"]`, `[/vc_column_text]`, `[CTA_MODULE]`,
//! `[embed]https://…[/embed]`.

use super::shape::Page;
use crate::spans::Reason;

pub(super) fn find(page: &Page<'_>, verdicts: &mut [Option<Reason>]) {
    for (line, verdict) in
        page.lines.iter().zip(verdicts).filter(|(line, verdict)| line.may_bracket && verdict.is_none())
    {
        if is_shortcode(page.of(line)) {
            *verdict = Some(Reason::Other);
        }
    }
}

/// Longest line of calls, in bytes: each is looked up in what stands behind it.
const CALLS: usize = 600;

fn is_shortcode(line: &str) -> bool {
    if line.len() > CALLS {
        return false;
    }
    let Some(mut rest) = line.strip_prefix('[').and_then(|_| line.ends_with(']').then_some(line)) else { return false };
    let mut opened = "";
    while !rest.is_empty() {
        let Some((tag, behind)) = rest.strip_prefix('[').and_then(|rest| rest.split_once(']')) else { return false };
        let name = tag.strip_prefix('/').unwrap_or(tag);
        let end = name.find(|char: char| !(char.is_ascii_alphanumeric() || "_-".contains(char))).unwrap_or(name.len());
        let (name, given) = name.split_at(end);
        let is_call = tag.starts_with('/') || name.contains('_') || is_given(given) || closes(behind, name);
        if !name.starts_with(|char: char| char.is_ascii_alphabetic()) || !is_call || !is_free(given) {
            return false;
        }
        rest = behind.trim_start();
        // Between the two ends of one may stand an address, but no text.
        if !rest.starts_with('[') && !rest.is_empty() {
            let (inside, end) = rest.split_at(rest.find('[').unwrap_or(rest.len()));
            if inside.trim().contains(char::is_whitespace) || !inside.contains(['/', '.']) || end.is_empty() {
                return false;
            }
            rest = end;
        }
        opened = name;
    }
    !opened.is_empty()
}

/// Whether what stands behind a name is attributes: ` id="12" width=600`.
fn is_given(given: &str) -> bool {
    given.starts_with(char::is_whitespace)
        && given.trim_start().find('=').is_some_and(|at| at > 0 && is_key(&given.trim_start()[..at]))
}

fn is_key(key: &str) -> bool {
    key.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"_-".contains(&byte))
}

fn is_free(given: &str) -> bool {
    given.is_empty() || given.trim() == "/" || is_given(given)
}

fn closes(behind: &str, name: &str) -> bool {
    behind.find("[/").is_some_and(|at| behind[at + 2..].strip_prefix(name).is_some_and(|end| end.starts_with(']')))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn calls_that_nobody_answered_are_told_from_notes_in_brackets() {
        for line in [
            "[gallery ids=\"1,2,3\"]",
            "[adinserter block='1']",
            "[quads id=1]",
            "[contact-form-7 id=\"12\" title=\"Write to us\"]",
            "[/vc_column_text]",
            "[/vc_column][/vc_row]",
            "[vc_row][vc_column width=\"1/2\"]",
            "[CTA_MODULE]",
            "[wp_ad_camp_1 /]",
            "[embed]https://video.example/watch?v=1[/embed]",
            "[irp posts=\"123\" name=\"सोना सस्ता\"]",
        ] {
            assert!(is_shortcode(line), "{line}");
        }
        for line in [
            "",
            "[",
            "[]",
            "[1]",
            "[sic]",
            "[UPDATE]",
            "[The council met on Sunday]",
            "[He said x=1]",
            "[भारत]",
            "[1] Ferry timetable, [2] Bridge",
            "[b]The bridge was opened[/b]",
            "[box]The ferry stays.[/box]",
            "[PTI] The bridge was opened on Sunday [sic]",
            "[ferry-line]",
        ] {
            assert!(!is_shortcode(line), "{line}");
        }
    }
}
