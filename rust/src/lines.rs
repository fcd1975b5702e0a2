//! The paragraphs of texts as a column of their own, and texts without some of them.

use crate::error::{Error, Result};
use crate::spans::{Cut, Reason};
use crate::text::Pieces;
use crate::text::shape::Page;
use crate::texts::{TextColumn, Texts};

/// Paragraphs of at least so many characters: paragraph j is `starts[j]..ends[j]` of text `rows[j]`, in characters.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Paragraphs {
    pub rows: Vec<u32>,
    pub starts: Vec<i64>,
    pub ends: Vec<i64>,
    pub texts: TextColumn,
}

/// The lines of at least `least` characters, in order; white space around them is no part of them.
pub fn paragraphs(texts: Texts<'_>, least: usize) -> Paragraphs {
    let mut found = Paragraphs::default();
    for (row, text) in texts.iter().enumerate() {
        let page = Page::new(text);
        let (mut at, mut chars) = (0, 0);
        for line in page.lines.iter().filter(|line| line.chars >= least) {
            let start = chars + text[at..line.start].chars().count();
            (at, chars) = (line.end, start + page.of(line).chars().count());
            found.rows.push(row as u32);
            found.starts.push(start as i64);
            found.ends.push(chars as i64);
            found.texts.push(page.of(line));
        }
    }
    found
}

/// The texts without those stretches (row and characters, ascending and apart), or with `mark` in front of each where there is one.
pub fn without(texts: Texts<'_>, rows: &[u32], starts: &[i64], ends: &[i64], mark: &str) -> Result<TextColumn> {
    if rows.len() != starts.len() || rows.len() != ends.len() {
        return Err(Error::Argument("rows, starts and ends differ in length".into()));
    }
    let mut out = TextColumn::default();
    let mut next = 0;
    for (row, text) in texts.iter().enumerate() {
        let mut cuts: Vec<Cut> = Vec::new();
        let (mut byte, mut char) = (0, 0);
        while rows.get(next).is_some_and(|&at| at as usize == row) {
            let wrong = || Error::Argument(format!("{}..{} is no stretch of text {row}", starts[next], ends[next]));
            let start = byte + bytes_of(&text[byte..], starts[next] - char).ok_or_else(wrong)?;
            let end = start + bytes_of(&text[start..], ends[next] - starts[next]).ok_or_else(wrong)?;
            (byte, char) = (end, ends[next]);
            cuts.push(Cut { start, end, reason: Reason::Repeat });
            next += 1;
        }
        if cuts.is_empty() {
            out.push(text);
        } else if mark.is_empty() {
            let mut pieces = Pieces::new(text);
            pieces.cut(text, &cuts, &mut Vec::new());
            out.push(&pieces.text());
        } else {
            let mut marked = String::with_capacity(text.len() + cuts.len() * mark.len());
            let mut at = 0;
            for cut in cuts {
                marked.push_str(&text[at..cut.start]);
                marked.push_str(mark);
                at = cut.start;
            }
            marked.push_str(&text[at..]);
            out.push(&marked);
        }
    }
    if next != rows.len() {
        return Err(Error::Argument("rows must ascend and stay below the number of texts".into()));
    }
    Ok(out)
}

/// Bytes of the first so many characters of a text; None where it has fewer, or for a negative number.
fn bytes_of(text: &str, chars: i64) -> Option<usize> {
    let chars = usize::try_from(chars).ok()?;
    text.char_indices().map(|(at, _)| at).chain([text.len()]).nth(chars)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn takes_paragraphs_out_and_marks_them() {
        let column: TextColumn = ["पहला अनुच्छेद\n\nदूसरा अनुच्छेद\nक", "", "दूसरा अनुच्छेद"].iter().collect();
        let texts = Texts::new(&column.offsets, &column.data).unwrap();
        let found = paragraphs(texts, 5);
        assert_eq!(found.rows, [0, 0, 2]);
        let all = Texts::new(&found.texts.offsets, &found.texts.data).unwrap();
        assert_eq!(all.iter().collect::<Vec<_>>(), ["पहला अनुच्छेद", "दूसरा अनुच्छेद", "दूसरा अनुच्छेद"]);
        let cut = without(texts, &found.rows[1..], &found.starts[1..], &found.ends[1..], "").unwrap();
        let cut = Texts::new(&cut.offsets, &cut.data).unwrap();
        assert_eq!(cut.iter().collect::<Vec<_>>(), ["पहला अनुच्छेद\n\nक", "", ""]);
        let marked = without(texts, &[2], &found.starts[2..], &found.ends[2..], "≡ ").unwrap();
        assert!(marked.data.ends_with("≡ दूसरा अनुच्छेद".as_bytes()));
        for (rows, starts, ends) in
            [(&[9][..], &[0][..], &[1][..]), (&[0], &[3], &[1]), (&[0], &[0], &[900]), (&[0, 0], &[0, 0], &[3, 3])]
        {
            assert!(without(texts, rows, starts, ends, "").is_err());
        }
        assert!(without(texts, &[0], &[-1], &[2], "").is_err());
    }
}
