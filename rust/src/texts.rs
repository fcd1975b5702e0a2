//! A column of strings in Arrow's large-string layout: `offsets[i]..offsets[i + 1]` of `data` is row `i`.

use crate::error::{Error, Result};

/// A borrowed column of UTF-8 strings, checked once so that every later access is safe and cheap.
#[derive(Clone, Copy)]
pub struct Texts<'a> {
    offsets: &'a [i64],
    data: &'a str,
}

impl<'a> Texts<'a> {
    /// Checks that the offsets ascend, stay inside `data`, fall on character boundaries, and that `data` is UTF-8.
    pub fn new(offsets: &'a [i64], data: &'a [u8]) -> Result<Self> {
        let (Some(&first), Some(&last)) = (offsets.first(), offsets.last()) else {
            return Err(Error::Argument("a text column needs at least one offset".into()));
        };
        if first < 0 || last as usize > data.len() || offsets.windows(2).any(|pair| pair[0] > pair[1]) {
            return Err(Error::Argument("text offsets must ascend and stay inside the data".into()));
        }
        // A sliced Arrow column shares its parent's buffer: only this column's part is looked at.
        let data = &data[..last as usize];
        let used = simdutf8::basic::from_utf8(&data[first as usize..])
            .map_err(|_| Error::Data("a text column is not valid UTF-8".into()))?;
        if offsets.iter().any(|&at| !used.is_char_boundary((at - first) as usize)) {
            return Err(Error::Argument("a text offset falls inside a character".into()));
        }
        Ok(Texts { offsets, data: used })
    }

    pub fn len(&self) -> usize {
        self.offsets.len() - 1
    }

    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Bytes of all texts together.
    pub fn bytes(&self) -> usize {
        self.data.len()
    }

    pub fn get(&self, row: usize) -> &'a str {
        let first = self.offsets[0];
        &self.data[(self.offsets[row] - first) as usize..(self.offsets[row + 1] - first) as usize]
    }

    pub fn iter(&self) -> impl ExactSizeIterator<Item = &'a str> + '_ {
        (0..self.len()).map(|row| self.get(row))
    }
}

/// A column of strings in several pieces, numbered through. Its offsets are checked at once, each string when it is read,
/// so that a text goes through the cache once.
pub struct Chunks<'a> {
    pieces: Vec<(&'a [i64], &'a [u8])>,
    /// The number of the first string of each piece.
    starts: Vec<usize>,
    len: usize,
}

impl<'a> Chunks<'a> {
    /// Checks that the offsets ascend and stay inside the data.
    pub fn new(pieces: &[(&'a [i64], &'a [u8])]) -> Result<Self> {
        let mut starts = Vec::with_capacity(pieces.len());
        let mut len = 0;
        for (offsets, data) in pieces {
            let (Some(&first), Some(&last)) = (offsets.first(), offsets.last()) else {
                return Err(Error::Argument("a text column needs at least one offset".into()));
            };
            if first < 0 || last as usize > data.len() || !offsets.is_sorted() {
                return Err(Error::Argument("text offsets must ascend and stay inside the data".into()));
            }
            starts.push(len);
            len += offsets.len() - 1;
        }
        Ok(Chunks { pieces: pieces.to_vec(), starts, len })
    }

    pub fn len(&self) -> usize {
        self.len
    }

    pub fn is_empty(&self) -> bool {
        self.len == 0
    }

    pub fn bytes(&self, row: usize) -> &'a [u8] {
        let piece = self.starts.partition_point(|&start| start <= row) - 1;
        let (offsets, data) = self.pieces[piece];
        let at = row - self.starts[piece];
        &data[offsets[at] as usize..offsets[at + 1] as usize]
    }

    /// A string; an error if it is not UTF-8.
    pub fn get(&self, row: usize) -> Result<&'a str> {
        simdutf8::basic::from_utf8(self.bytes(row))
            .map_err(|_| Error::Data(format!("text {row} of a column is not valid UTF-8")))
    }
}

/// A column of strings under construction, in the layout of [`Texts`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TextColumn {
    pub offsets: Vec<i64>,
    pub data: Vec<u8>,
}

impl Default for TextColumn {
    fn default() -> Self {
        TextColumn { offsets: vec![0], data: Vec::new() }
    }
}

impl TextColumn {
    pub fn push(&mut self, text: &str) {
        self.data.extend_from_slice(text.as_bytes());
        self.offsets.push(self.data.len() as i64);
    }
}

impl<S: AsRef<str>> FromIterator<S> for TextColumn {
    fn from_iter<I: IntoIterator<Item = S>>(texts: I) -> Self {
        let mut column = TextColumn::default();
        for text in texts {
            column.push(text.as_ref());
        }
        column
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_a_slice_of_a_larger_column() {
        let column: TextColumn = ["पहला", "", "तीसरा", "x"].iter().collect();
        let texts = Texts::new(&column.offsets[1..4], &column.data).unwrap();
        assert_eq!(texts.iter().collect::<Vec<_>>(), ["", "तीसरा"]);
    }

    #[test]
    fn pieces_are_numbered_through() {
        let one: TextColumn = ["a", "b"].iter().collect();
        let other: TextColumn = ["c"].iter().collect();
        let none = TextColumn::default();
        let pieces = [&none, &one, &none, &other].map(|column| (&column.offsets[..], &column.data[..]));
        let chunks = Chunks::new(&pieces).unwrap();
        assert_eq!((0..chunks.len()).map(|row| chunks.get(row).unwrap()).collect::<Vec<_>>(), ["a", "b", "c"]);
        assert!(Chunks::new(&[(&[0, 2], b"x")]).is_err());
        assert!(Chunks::new(&[(&[1, 0], b"x")]).is_err());
        assert!(Chunks::new(&[(&[], b"x")]).is_err());
        assert!(Chunks::new(&[(&[0, 1, 3], "क".as_bytes())]).unwrap().get(0).is_err());
    }

    #[test]
    fn refuses_offsets_that_split_a_character() {
        assert!(Texts::new(&[0, 1], "क".as_bytes()).is_err());
        assert!(Texts::new(&[3, 0], "क".as_bytes()).is_err());
        assert!(Texts::new(&[0, 9], "क".as_bytes()).is_err());
        assert!(Texts::new(&[], b"").is_err());
        assert!(Texts::new(&[0, 1], b"\xff").is_err());
    }
}
