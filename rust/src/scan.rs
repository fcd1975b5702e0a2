//! Sixty-four bytes of text to the bounds of its words, as masks: which bytes are of words, which words fold by themselves.

use crate::blocks::Block;
use crate::folds::{self, FOLDS, HEAD, LOWERS, NO_START, NUKTAS, Page, TAIL, UNSPACED, WORD};

/// A page of characters of three bytes, by their first two.
#[derive(Clone, Copy)]
struct Script {
    first: u8,
    second: u8,
    page: &'static Page,
}

impl Script {
    fn new(first: u8, second: u8) -> Option<Script> {
        let page = Page::numbered(usize::from(first & 15) << 6 | usize::from(second & 63))?;
        Some(Script { first, second, page })
    }
}

/// The pages that the last blocks were written in: looked up before it is known whether the next block has them.
#[derive(Clone, Copy)]
pub struct Scripts {
    pages: [Script; 2],
    next: usize,
}

impl Default for Scripts {
    /// Devanagari.
    fn default() -> Scripts {
        static EMPTY: Page = Page::EMPTY;
        let page = |second| Script::new(0xe0, second).unwrap_or(Script { first: 0xe0, second, page: &EMPTY });
        Scripts { pages: [page(0xa4), page(0xa5)], next: 0 }
    }
}

/// What the end of a block leaves to the next.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub struct Carry {
    /// 1 where the last byte is of a word.
    pub word: u64,
    /// 1 where that word is to be folded by itself.
    pub folds: u64,
    /// 1 where the last byte ends a HEAD.
    pub head: u64,
}

/// Where the bounds of words are written: begin and end in turn, times two; plus one at the end of a word to be folded by
/// itself.
#[derive(Default)]
pub struct Bounds {
    places: Vec<u32>,
    count: usize,
}

impl Bounds {
    pub fn clear(&mut self) {
        self.count = 0;
    }

    pub fn as_slice(&self) -> &[u32] {
        &self.places[..self.count]
    }

    pub fn push(&mut self, place: u32) {
        self.room()[0] = place;
        self.count += 1;
    }

    pub fn pop(&mut self) -> Option<u32> {
        self.count = self.count.checked_sub(1)?;
        Some(self.places[self.count])
    }

    /// The next 64 places.
    #[inline(always)]
    pub fn room(&mut self) -> &mut [u32; 64] {
        if self.places.len() < self.count + 64 {
            self.places.resize(2 * self.count + 1024, 0);
        }
        // There is always room, so the empty array is never taken.
        match self.places[self.count..].first_chunk_mut() {
            Some(room) => room,
            None => unreachable!(),
        }
    }
}

#[inline(always)]
fn mask_below(count: usize) -> u64 {
    if count >= 64 { u64::MAX } else { (1 << count) - 1 }
}

/// Looks at 64 bytes, of which `length` (at least 1) are text and the rest zeros: writes their folds, adds the bounds of
/// words, and returns how many bytes belong to whole characters.
///
/// # Safety
/// The processor has the instructions of `B`.
#[inline(always)]
pub unsafe fn by_masks<B: Block>(
    bytes: &[u8; 64],
    length: usize,
    offset: u32,
    carry: &mut Carry,
    scripts: &mut Scripts,
    folded: &mut [u8; 64],
    bounds: &mut Bounds,
) -> usize {
    unsafe {
        let block = B::load(bytes);
        let upper = block.within(b'A', b'Z');
        let mut lowered = block.set(0x20, upper);
        let mut word = lowered.within(b'a', b'z') | block.within(b'0', b'9');
        let mut folds = 0;
        let mut used = length;
        let mut head = word;
        let lead = block.within(0xc0, 0xff);
        if lead != 0 {
            let (three, four) = (block.within(0xe0, 0xff), block.within(0xf0, 0xff));
            let cut = (lead & 1 << 63) | (three & 1 << 62) | (four & 1 << 61);
            if cut != 0 {
                used = cut.trailing_zeros() as usize;
            }
            let mut left = lead & mask_below(used);
            let (mut class, mut last_of_three) = (B::zero(), 0);
            for Script { first, second, page } in scripts.pages {
                let same = block.equal(first) & block.equal(second) >> 1 & left;
                left &= !same;
                last_of_three |= same << 2;
                class = class.replace(block.look_up(&page.class), same << 2);
                lowered = lowered.replace(block.look_up(&page.same_length), same << 2);
            }
            while left != 0 {
                let at = left.trailing_zeros();
                let byte = |after: u32| bytes[(at + after) as usize & 63];
                if byte(0) >= 0xf0 {
                    left &= left - 1;
                    let bits = |after| u32::from(byte(after) & 63) << (18 - 6 * after);
                    let c = char::from_u32((u32::from(byte(0) & 7) << 18) | bits(1) | bits(2) | bits(3));
                    if c.is_some_and(|c| folds::class(c) & WORD != 0) {
                        word |= 15 << at;
                        folds |= 1 << at;
                    }
                    continue;
                }
                let (own, number) = if byte(0) < 0xe0 {
                    let same = block.equal(byte(0)) & left;
                    left &= !same;
                    (same << 1, usize::from(byte(0) & 31))
                } else {
                    let same = block.equal(byte(0)) & block.equal(byte(1)) >> 1 & left;
                    left &= !same;
                    last_of_three |= same << 2;
                    if same.count_ones() > 4
                        && let Some(script) = Script::new(byte(0), byte(1))
                    {
                        scripts.pages[scripts.next & 1] = script;
                        scripts.next += 1;
                    }
                    (same << 2, usize::from(byte(0) & 15) << 6 | usize::from(byte(1) & 63))
                };
                let Some(page) = Page::numbered(number) else { continue };
                class = class.replace(block.look_up(&page.class), own);
                if page.changes {
                    lowered = lowered.replace(block.look_up(&page.same_length), own);
                }
            }
            let to_lead = |mask: u64| mask >> 1 & !(last_of_three >> 1) | (mask & last_of_three) >> 2;
            let inside = class.any(WORD);
            word |= inside | inside >> 1 | (inside & last_of_three) >> 2;
            head |= class.any(HEAD);
            let (own, nuktas) = (class.any(FOLDS), class.any(NUKTAS));
            // A nukta stays after a letter that keeps it, three bytes before.
            folds |= (own & !(nuktas & (nuktas & !own) << 3)) | class.any(UNSPACED);
            folds |= to_lead(class.any(TAIL)) & (head << 1 | carry.head);
            folds |= to_lead(class.any(NO_START)) & !(word << 1 | carry.word);
            let lowers = class.any(LOWERS);
            if lowers != 0 {
                lowered = lowered.less_one(lowers >> 1);
            }
        }
        lowered.store(folded);
        // Adding a mark to a run of ones carries a bit out of its end.
        let (sum, over) = word.overflowing_add((folds | carry.folds) & word);
        let folding = (sum | carry.folds) & !word;
        let bound = (word ^ (word << 1 | carry.word)) & mask_below(used);
        B::places(bound, folding, offset << 1, bounds.room());
        bounds.count += bound.count_ones() as usize;
        let end = used - 1;
        carry.word = word >> end & 1;
        carry.folds = carry.word & if used == 64 { u64::from(over) } else { sum >> used & 1 };
        carry.head = head >> end & 1;
        used
    }
}

/// As `by_masks`, character by character.
#[inline(always)]
pub fn by_characters(
    bytes: &[u8; 64],
    length: usize,
    offset: u32,
    carry: &mut Carry,
    folded: &mut [u8; 64],
    bounds: &mut Bounds,
) -> usize {
    *folded = *bytes;
    let mut at = 0;
    let mut keeps = false;
    while at < length {
        let byte = |after: usize| bytes[(at + after) & 63];
        let bits = |after: usize| u32::from(byte(after) & 63);
        let (class, next) = match byte(0) {
            ascii @ 0..=0x7f => {
                folded[at] = ascii.to_ascii_lowercase();
                (if ascii.is_ascii_alphanumeric() { WORD | HEAD } else { 0 }, at + 1)
            }
            first @ 0x80..=0xef => {
                let last = if first < 0xe0 { 1 } else { 2 };
                if at + last >= 64 {
                    break;
                }
                let number = if last == 1 { u32::from(first & 31) } else { u32::from(first & 15) << 6 | bits(1) };
                let page = Page::numbered(number as usize);
                let own = bits(last) as usize & 63;
                let class = page.map_or(0, |page| page.class[own]);
                folded[(at + last) & 63] = page.map_or(0, |page| page.same_length[own]);
                folded[(at + last - 1) & 63] -= u8::from(class & LOWERS != 0);
                (class, at + last + 1)
            }
            first => {
                if at + 3 >= 64 {
                    break;
                }
                let c = char::from_u32(u32::from(first & 7) << 18 | bits(1) << 12 | bits(2) << 6 | bits(3));
                (c.map_or(0, folds::class) & WORD | FOLDS, at + 4)
            }
        };
        if class & WORD == 0 {
            if carry.word == 1 {
                bounds.push((offset + at as u32) << 1 | carry.folds as u32);
            }
            *carry = Carry::default();
        } else {
            if carry.word == 0 {
                bounds.push((offset + at as u32) << 1);
                carry.folds = u64::from(class & NO_START != 0);
            }
            let kept = class & NUKTAS != 0 && keeps;
            carry.folds |=
                u64::from(class & (FOLDS | UNSPACED) != 0 && !kept) | u64::from(class & TAIL != 0) & carry.head;
            (carry.word, carry.head) = (1, u64::from(class & HEAD != 0));
        }
        keeps = class & (NUKTAS | FOLDS) == NUKTAS;
        at = next;
    }
    at
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::blocks::{Task, engines, run_on};

    struct Scan<'a>(&'a str);

    impl Task for Scan<'_> {
        type Output = (Vec<u8>, Vec<u32>, Carry);

        #[inline(always)]
        unsafe fn run<B: Block>(self) -> Self::Output {
            let (mut folded, mut bounds) = (vec![0; self.0.len() + 64], Bounds::default());
            let (mut carry, mut scripts) = (Carry::default(), Scripts::default());
            let mut at = 0;
            while at < self.0.len() {
                let mut bytes = [0; 64];
                let length = (self.0.len() - at).min(64);
                bytes[..length].copy_from_slice(&self.0.as_bytes()[at..at + length]);
                let out = folded[at..].first_chunk_mut().unwrap();
                at += unsafe { B::scan(&bytes, length, at as u32, &mut carry, &mut scripts, out, &mut bounds) };
            }
            folded.truncate(self.0.len());
            (folded, bounds.as_slice().to_vec(), carry)
        }
    }

    #[test]
    fn masks_and_characters_agree() {
        let pieces = [
            "a",
            "Zz",
            "é",
            "É",
            "e\u{301}",
            "न्त",
            "\u{93c}",
            "ँ",
            "ॉ",
            "२",
            "।",
            " ",
            "-",
            "“",
            "\u{200d}",
            "क",
            "कि",
            "্",
            "কো",
            "😀",
            "𝒳",
            "한",
            "ท่",
            "漢",
            "्",
            "Я",
            "ß",
            "\0",
            "\u{7f}",
        ];
        let mut state = 7_u64;
        for round in 0..4000 {
            let mut text = String::new();
            while text.len() < round % 300 {
                state = state.wrapping_mul(0xd134_2543_de82_ef95).wrapping_add(1);
                text.push_str(pieces[(state >> 33) as usize % pieces.len()]);
            }
            let scanned: Vec<_> = engines().iter().map(|&engine| run_on(engine, Scan(&text))).collect();
            for (engine, found) in engines().iter().zip(&scanned) {
                assert_eq!(found, &scanned[0], "{engine:?} {text:?}");
            }
        }
    }
}
