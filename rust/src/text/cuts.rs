//! Taking stretches out of a text: what is left is a list of pieces of the input, so every removed byte keeps its address.

use std::ops::Range;

use crate::cues::is_word;
use crate::spans::Cut;

/// Sorts cuts and joins those that overlap; the earlier one's reason stays.
pub(super) fn tidy(cuts: &mut Vec<Cut>) {
    cuts.sort_by_key(|cut| (cut.start, usize::MAX - cut.end));
    cuts.dedup_by(|later, earlier| {
        let overlap = later.start < earlier.end;
        if overlap {
            earlier.end = earlier.end.max(later.end);
        }
        overlap
    });
}

/// The stretches of the input that are left, in order.
pub(crate) struct Pieces<'a> {
    input: &'a str,
    left: Vec<Range<usize>>,
}

impl<'a> Pieces<'a> {
    pub fn new(input: &'a str) -> Self {
        #[expect(clippy::single_range_in_vec_init)]
        Pieces { input, left: vec![0..input.len()] }
    }

    pub fn text(&self) -> String {
        self.text_within(String::new())
    }

    /// The text, in the room of another.
    pub fn text_within(&self, mut text: String) -> String {
        text.clear();
        text.reserve(self.left.iter().map(Range::len).sum());
        text.extend(self.left.iter().map(|piece| &self.input[piece.clone()]));
        text
    }

    /// Takes `cuts` (ascending stretches of the text as it is now) out, together with the white space that they leave behind: of the white
    /// space before and after, the one with more line breaks stays; at either end of the text none does. Returns what is left of the text as
    /// it was before.
    pub fn cut(&mut self, current: &str, cuts: &[Cut], removed: &mut Vec<Cut>) -> Vec<Range<usize>> {
        let mut origins = self.origins();
        for cut in cuts {
            origins.of(cut.start..cut.end, |origin| {
                removed.push(Cut { start: origin.start, end: origin.end, reason: cut.reason });
            });
        }
        let mut kept: Vec<Range<usize>> = Vec::with_capacity(cuts.len() + 1);
        let mut from = 0;
        let mut at = 0;
        while at < cuts.len() {
            let start = cuts[at].start;
            let mut end = cuts[at].end;
            while at + 1 < cuts.len() && current[end..cuts[at + 1].start].trim().is_empty() {
                at += 1;
                end = cuts[at].end;
            }
            at += 1;
            let before = from + current[from..start].trim_end().len();
            let after = current.len() - current[end..].trim_start().len();
            let breaks = |gap: &str| gap.bytes().filter(|&byte| byte == b'\n').count();
            let glued = before == start
                && after == end
                && current[end..].starts_with(is_word)
                && current[..start].ends_with(is_word);
            if before == from || after == current.len() {
                kept.push(from..before);
                from = after;
            } else if glued && let Some(gap) = gap(&current[start..end]) {
                kept.push(from..start);
                kept.push(start + gap.start..start + gap.end);
                from = end;
            } else if before == start || breaks(&current[end..after]) > breaks(&current[before..start]) {
                kept.push(from..before);
                from = end;
            } else {
                kept.push(from..start);
                from = after;
            }
        }
        kept.push(from..current.len());
        kept.retain(|range| !range.is_empty());
        let mut left = Vec::with_capacity(self.left.len() + cuts.len());
        let mut origins = self.origins();
        for range in &kept {
            origins.of(range.clone(), |origin| left.push(origin));
        }
        self.left = left;
        kept
    }

    fn origins(&self) -> Origins<'_> {
        Origins { left: &self.left, at: 0 }
    }
}

/// The first line break of a stretch, or its first blank.
fn gap(stretch: &str) -> Option<Range<usize>> {
    let blank = stretch.find('\n').or_else(|| stretch.find(char::is_whitespace))?;
    Some(blank..blank + stretch[blank..].chars().next()?.len_utf8())
}

/// Where ascending stretches of the current text come from in the input.
struct Origins<'a> {
    /// The pieces that are not passed, and where the first of them stands in the current text.
    left: &'a [Range<usize>],
    at: usize,
}

impl Origins<'_> {
    fn of(&mut self, range: Range<usize>, mut each: impl FnMut(Range<usize>)) {
        let mut known: Option<Range<usize>> = None;
        while let Some(piece) = self.left.first() {
            let (from, to) = (range.start.max(self.at), range.end.min(self.at + piece.len()));
            if from < to {
                let origin = piece.start + from - self.at..piece.start + to - self.at;
                match &mut known {
                    Some(last) if last.end == origin.start => last.end = origin.end,
                    _ => known.replace(origin).into_iter().for_each(&mut each),
                }
            }
            if range.end < self.at + piece.len() {
                break;
            }
            self.at += piece.len();
            self.left = &self.left[1..];
        }
        known.into_iter().for_each(each);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::spans::Reason;

    fn without(text: &str, cuts: &[&str]) -> (String, Vec<Cut>) {
        let mut pieces = Pieces::new(text);
        let mut removed = Vec::new();
        for cut in cuts {
            let current = pieces.text();
            let start = current.find(cut).unwrap();
            pieces.cut(&current, &[Cut { start, end: start + cut.len(), reason: Reason::Other }], &mut removed);
        }
        (pieces.text(), removed)
    }

    #[test]
    fn white_space_does_not_pile_up() {
        assert_eq!(without("a\n\nx\n\nb", &["x"]).0, "a\n\nb");
        assert_eq!(without("a\n\nx\nb\n", &["x"]).0, "a\n\nb\n");
        assert_eq!(without("a. x b", &["x"]).0, "a. b");
        assert_eq!(without("a. x\nb", &["x"]).0, "a.\nb");
        assert_eq!(without("x\n\nb\n", &["x"]).0, "b\n");
        assert_eq!(without("a\n\nx\n", &["x"]).0, "a");
        assert_eq!(without("x", &["x"]).0, "");
    }

    #[test]
    fn what_stands_around_a_cut_does_not_become_one_word() {
        assert_eq!(without("bridge(also here)was", &["(also here)"]).0, "bridge was");
        assert_eq!(without("bridge(also\nhere)was", &["(also\nhere)"]).0, "bridge\nwas");
        assert_eq!(without("पुल(यह भी)था", &["(यह भी)"]).0, "पुल था");
        assert_eq!(without("bridge(also here).", &["(also here)"]).0, "bridge.");
        assert_eq!(without("bridge(here)was", &["(here)"]).0, "bridgewas");
    }

    #[test]
    fn a_cut_across_an_earlier_one_is_two_spans_of_the_input() {
        let (text, removed) = without("ab xx cd ef", &["xx", "b cd"]);
        assert_eq!(text, "a ef");
        assert_eq!(
            removed.iter().map(|cut| &"ab xx cd ef"[cut.start..cut.end]).collect::<Vec<_>>(),
            ["xx", "b ", "cd"]
        );
    }
}
