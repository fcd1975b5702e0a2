//! A text looked at 64 bytes at a time: where marks, brackets, line breaks and other signs stand in it, and where characters begin.

use std::ops::Range;

use crate::blocks::{BLOCK, Block, Engine, Task, engines, fastest};

/// Of a block, bit i for byte i.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Masks {
    /// The byte is, or ends the character that is, a line break, a mark or a bracket.
    pub ends: u64,
    /// The byte is a colon, a hyphen or a slash, or begins what may be a dash.
    pub signs: u64,
    /// The byte is a slash: addresses have them.
    pub links: u64,
    /// A character begins here.
    pub chars: u64,
    /// Characters that begin in the blocks before.
    pub before: usize,
}

/// Puts the masks of a text, block by block, in place of what `masks` holds.
pub(super) fn find(bytes: &[u8], masks: &mut Vec<Masks>) {
    masks.resize(bytes.len().div_ceil(BLOCK), Masks::default());
    match engines().last() {
        None | Some(Engine::Portable) => by_bytes(bytes, masks),
        Some(_) => fastest(Find(bytes, masks)),
    }
}

/// The masks of a text, block by block, byte by byte; `masks` has one a block.
fn by_bytes(bytes: &[u8], masks: &mut [Masks]) {
    masks.fill(Masks::default());
    let mut count = 0;
    let mut before = [0; 2];
    for (at, &byte) in bytes.iter().enumerate() {
        let ends = match (before, byte) {
            (_, b'\n' | b'\r' | b'.' | b'!' | b'?' | b'(' | b')' | b'[' | b']' | b'|') => true,
            // danda and double danda
            ([0xE0, 0xA5], 0xA4 | 0xA5) => true,
            ([_, 0xDB], 0x94) | ([_, 0xD8], 0x9F) => true,
            // ellipsis, line and paragraph separator
            ([0xE2, 0x80], 0xA6 | 0xA8 | 0xA9) => true,
            ([0xE3, 0x80], 0x82) | ([0xEF, 0xBC], 0x81 | 0x9F) => true,
            _ => false,
        };
        let mask = &mut masks[at / BLOCK];
        if at % BLOCK == 0 {
            mask.before = count;
        }
        count += usize::from(byte & 0xC0 != 0x80);
        mask.ends |= u64::from(ends) << (at % BLOCK);
        mask.signs |= u64::from(matches!(byte, b':' | b'-' | b'/' | 0xE2)) << (at % BLOCK);
        mask.links |= u64::from(byte == b'/') << (at % BLOCK);
        mask.chars |= u64::from(byte & 0xC0 != 0x80) << (at % BLOCK);
        before = [before[1], byte];
    }
}

/// [`by_bytes`] in wide registers.
struct Find<'a>(&'a [u8], &'a mut [Masks]);

impl Task for Find<'_> {
    type Output = ();

    #[inline(always)]
    unsafe fn run<B: Block>(self) {
        let Find(bytes, masks) = self;
        let (blocks, rest) = bytes.as_chunks::<BLOCK>();
        let (mut open, mut before) = (Open::default(), 0);
        for (block, mask) in blocks.iter().zip(masks.iter_mut()) {
            *mask = unsafe { masks_of::<B>(block, &mut open, before) };
            before += mask.chars.count_ones() as usize;
        }
        if let Some(mask) = masks.get_mut(blocks.len()) {
            let mut last = [0; BLOCK];
            last[..rest.len()].copy_from_slice(rest);
            *mask = unsafe { masks_of::<B>(&last, &mut open, before) };
            mask.chars &= (1 << rest.len()) - 1;
        }
    }
}

/// Bits of the bytes of ASCII that masks are about, by the upper half of the byte.
const ENDS: u8 = 0b1_1111;
const SLASH: u8 = 1 << 5;
const HYPHEN: u8 = 1 << 6;
const COLON: u8 = 1 << 7;
const HIGH: [u8; 16] = [1, 0, 1 << 1 | SLASH | HYPHEN, 1 << 2 | COLON, 0, 1 << 3, 0, 1 << 4, 0, 0, 0, 0, 0, 0, 0, 0];
/// The same by the lower half.
const LOW: [u8; 16] = {
    let mut low = [0; 16];
    let of = [b"\n\r" as &[u8], b"!().", b"?", b"[]", b"|", b"/", b"-", b":"];
    let mut bit = 0;
    while bit < 8 {
        let mut at = 0;
        while at < of[bit].len() {
            low[(of[bit][at] & 15) as usize] |= 1 << bit;
            at += 1;
        }
        bit += 1;
    }
    low
};

/// What stands at the end of a block and may begin a mark that ends in the next one.
#[derive(Default)]
struct Open {
    /// The first byte of a danda, and the first two, at the lowest bit.
    danda: [u64; 2],
    /// The first bytes of other marks, and the first two: a bit each.
    others: u64,
}

/// The masks of a block; `open` says what stands at the end of the block before, `before` how many characters begin before it.
#[inline(always)]
unsafe fn masks_of<B: Block>(block: &[u8; BLOCK], open: &mut Open, before: usize) -> Masks {
    unsafe {
        let bytes = B::load(block);
        let (mut ends, mut signs, mut links) = (0, 0, 0);
        let classes = bytes.classes(&LOW, &HIGH);
        // of Indic text few blocks hold a sign of ASCII
        if !classes.is_zero() {
            (ends, signs, links) = (classes.any(ENDS), classes.any(SLASH | HYPHEN | COLON), classes.any(SLASH));
        }
        let wide = bytes.any(0x80);
        if wide == 0 {
            *open = Open::default();
            return Masks { ends, signs, links, chars: u64::MAX, before };
        }
        let (chars, first) = (bytes.begins(), bytes.equal(0xE0));
        let both = (first << 1 | open.danda[0]) & bytes.equal(0xA5);
        ends |= (both << 1 | open.danda[1]) & bytes.within(0xA4, 0xA5);
        open.danda = [first >> 63, both >> 63];
        // and few the beginning of another mark
        if open.others != 0 || chars & wide != first && bytes.within(0xD8, 0xDB) | bytes.within(0xE2, 0xEF) != 0 {
            ends |= others(&bytes, open);
            signs |= bytes.equal(0xE2);
        }
        Masks { ends, signs, links, chars, before }
    }
}

/// Marks of several bytes that are no danda.
#[inline(always)]
unsafe fn others<B: Block>(bytes: &B, open: &mut Open) -> u64 {
    unsafe {
        let is = |byte: u8| bytes.equal(byte);
        let before = open.others;
        let ones = [is(0xE2), is(0xE3), is(0xEF), is(0xDB), is(0xD8)];
        let after = |number: usize, beginning: u64| beginning << 1 | before >> number & 1;
        let second = is(0x80);
        let pairs = [after(0, ones[0]) & second, after(1, ones[1]) & second, after(2, ones[2]) & is(0xBC)];
        // ellipsis, line and paragraph separator
        let general = after(5, pairs[0]) & (is(0xA6) | bytes.within(0xA8, 0xA9));
        let wide = after(6, pairs[1]) & is(0x82) | after(7, pairs[2]) & (is(0x81) | is(0x9F));
        let arabic = after(3, ones[3]) & is(0x94) | after(4, ones[4]) & is(0x9F);
        let beginnings = ones.into_iter().chain(pairs).enumerate();
        open.others = beginnings.fold(0, |open, (number, beginning)| open | (beginning >> 63) << number);
        general | wide | arabic
    }
}

/// Characters that begin in a stretch of the bytes of which these are the masks.
pub(super) fn count_chars(masks: &[Masks], range: Range<usize>) -> usize {
    let up_to = |at: usize| {
        let below = |masks: &Masks| match masks.chars {
            u64::MAX => masks.before + at % BLOCK,
            chars => masks.before + (chars & ((1 << (at % BLOCK)) - 1)).count_ones() as usize,
        };
        match masks.get(at / BLOCK) {
            Some(masks) => below(masks),
            None => masks.last().map_or(0, |last| last.before + last.chars.count_ones() as usize),
        }
    };
    up_to(range.end) - up_to(range.start)
}

/// How many bytes of a stretch stand before the first sign in it.
pub(super) fn before_sign(masks: &[Masks], range: Range<usize>) -> usize {
    let mut at = range.start;
    while at < range.end {
        let signs = masks[at / BLOCK].signs >> (at % BLOCK);
        if signs != 0 {
            return (at + signs.trailing_zeros() as usize).min(range.end) - range.start;
        }
        at = (at / BLOCK + 1) * BLOCK;
    }
    range.len()
}

/// Whether a stretch that is not empty has a slash.
pub(super) fn has_link(masks: &[Masks], range: Range<usize>) -> bool {
    let (first, last) = (range.start / BLOCK, (range.end - 1) / BLOCK);
    let (from, to) = (u64::MAX << (range.start % BLOCK), u64::MAX >> (BLOCK - 1 - (range.end - 1) % BLOCK));
    if first == last {
        return masks[first].links & from & to != 0;
    }
    masks[first].links & from != 0
        || masks[last].links & to != 0
        || masks[first + 1..last].iter().any(|masks| masks.links != 0)
}

/// What texts of tests are put together from: marks, line ends and letters of one to three bytes.
#[cfg(test)]
#[rustfmt::skip]
pub(super) const SIGNS: [&str; 17] = [
    "क", "।", "॥", "۔", "؟", "。", "！", "？", "…", "\u{2028}", "\n", "(", "]", "|", "!", "é", "ab",
];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::blocks::run_on;

    #[test]
    fn wide_registers_find_what_a_walk_over_bytes_finds() {
        let others = ["\u{200D}", "م", ":", "-", "—", "/", "@", "नदी के किनारे के गांव"];
        let pieces = [&SIGNS[..], &others].concat();
        let mut next = crate::draws::draws(7);
        for length in 0..300 {
            let text: String = (0..length).map(|_| pieces[next(pieces.len())]).collect();
            let mut slow = vec![Masks::default(); text.len().div_ceil(BLOCK)];
            by_bytes(text.as_bytes(), &mut slow);
            for &engine in engines().iter().filter(|&&engine| engine != Engine::Portable) {
                let mut masks = vec![Masks::default(); slow.len()];
                run_on(engine, Find(text.as_bytes(), &mut masks));
                assert_eq!(masks, slow, "{engine:?} {text}");
            }
            assert_eq!(count_chars(&slow, 0..text.len()), text.chars().count());
            let mut places = text.char_indices().map(|(at, _)| at).chain([text.len()]);
            let (from, to) = (places.nth(length / 3).unwrap_or(0), places.nth(length / 5).unwrap_or(text.len()));
            let (part, sign) = (&text[from..to], |byte| matches!(byte, b':' | b'-' | b'/' | 0xE2));
            assert_eq!(before_sign(&slow, from..to), part.bytes().position(sign).unwrap_or(part.len()), "{text}");
            assert!(part.is_empty() || has_link(&slow, from..to) == part.contains('/'), "{text}");
        }
    }
}
