//! Numbers packed bit by bit: fixed widths and Rice codes (Rice and Plaunt 1971), which suit the gaps of sorted hashes.

/// Widest number that is packed at once.
pub const WIDEST: u32 = 56;

/// Appends numbers to `out`, lowest bit first; the last byte is filled with zeros.
pub struct BitWriter<'a> {
    out: &'a mut Vec<u8>,
    held: u64,
    used: u32,
}

impl<'a> BitWriter<'a> {
    pub fn new(out: &'a mut Vec<u8>) -> Self {
        BitWriter { out, held: 0, used: 0 }
    }

    /// The lowest `width` bits of `value`, at most `WIDEST`.
    pub fn put(&mut self, value: u64, width: u32) {
        debug_assert!(width <= WIDEST && (width == 64 || value >> width == 0));
        self.held |= value << self.used;
        self.used += width;
        while self.used >= 8 {
            self.out.push(self.held as u8);
            self.held >>= 8;
            self.used -= 8;
        }
    }

    /// The part of `value` above `low` bits in unary, then those bits.
    pub fn put_rice(&mut self, value: u64, low: u32) {
        let mut high = value >> low;
        while high >= 32 {
            self.put(0xffff_ffff, 32);
            high -= 32;
        }
        self.put((1 << high) - 1, high as u32 + 1);
        self.put(value & ((1 << low) - 1), low);
    }

    pub fn finish(self) {
        if self.used > 0 {
            self.out.push(self.held as u8);
        }
    }
}

/// Reads what `BitWriter` wrote; None past the end.
pub struct BitReader<'a> {
    data: &'a [u8],
    at: usize,
}

impl<'a> BitReader<'a> {
    pub fn new(data: &'a [u8]) -> Self {
        BitReader { data, at: 0 }
    }

    /// At least `WIDEST` bits from here on, zeros beyond the end.
    #[inline]
    fn peek(&self) -> u64 {
        let from = self.at / 8;
        let word = match self.data.get(from..).and_then(|rest| rest.first_chunk()) {
            Some(bytes) => u64::from_le_bytes(*bytes),
            None => {
                let mut bytes = [0; 8];
                let rest = self.data.get(from..).unwrap_or_default();
                bytes[..rest.len()].copy_from_slice(rest);
                u64::from_le_bytes(bytes)
            }
        };
        word >> (self.at % 8)
    }

    #[inline]
    fn skip(&mut self, width: u32) -> Option<()> {
        self.at += width as usize;
        (self.at <= self.data.len() * 8).then_some(())
    }

    #[inline]
    pub fn get(&mut self, width: u32) -> Option<u64> {
        let value = self.peek() & ((1 << width) - 1);
        self.skip(width)?;
        Some(value)
    }

    #[inline]
    pub fn get_rice(&mut self, low: u32) -> Option<u64> {
        let mut high = 0u64;
        loop {
            let ones = self.peek().trailing_ones().min(WIDEST - 1);
            high += u64::from(ones);
            if ones < WIDEST - 1 {
                self.skip(ones + 1)?;
                break;
            }
            self.skip(ones)?;
        }
        let rest = self.get(low)?;
        high.checked_shl(low).map(|high| high | rest)
    }
}

/// The Rice parameter for `count` sorted values spread evenly over `span`.
pub fn rice_low(span: u64, count: u64) -> u32 {
    (span / count.max(1)).max(1).ilog2().min(WIDEST - 8)
}

pub fn put_varint(out: &mut Vec<u8>, mut value: u64) {
    while value >= 0x80 {
        out.push(value as u8 | 0x80);
        value >>= 7;
    }
    out.push(value as u8);
}

/// The number at the start of `data`, which moves past it.
pub fn get_varint(data: &mut &[u8]) -> Option<u64> {
    let mut value = 0u64;
    for shift in (0..64).step_by(7) {
        let (&byte, rest) = data.split_first()?;
        *data = rest;
        value |= u64::from(byte & 0x7f) << shift;
        if byte < 0x80 {
            return Some(value);
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_come_back() {
        let mut out = Vec::new();
        let mut bits = BitWriter::new(&mut out);
        let values: Vec<u64> = (0..500u64).map(|at| at.wrapping_mul(0x9e37_79b9_7f4a_7c15) >> (24 + at % 40)).collect();
        for (at, &value) in values.iter().enumerate() {
            let low = (64 - value.leading_zeros()).saturating_sub(at as u32 % 9);
            bits.put_rice(value, low);
            bits.put(value & 0xff, 8);
        }
        bits.finish();
        let mut bits = BitReader::new(&out);
        for (at, &value) in values.iter().enumerate() {
            let low = (64 - value.leading_zeros()).saturating_sub(at as u32 % 9);
            assert_eq!(bits.get_rice(low), Some(value));
            assert_eq!(bits.get(8), Some(value & 0xff));
        }
        assert_eq!(bits.get(9), None);
        let all_ones = [0xff; 20];
        assert_eq!(BitReader::new(&all_ones).get_rice(5), None);
    }

    #[test]
    fn varints_come_back() {
        for value in [0, 1, 127, 128, 300, u64::MAX] {
            let mut out = Vec::new();
            put_varint(&mut out, value);
            let mut data = &out[..];
            assert_eq!((get_varint(&mut data), data.len()), (Some(value), 0));
        }
        assert_eq!(get_varint(&mut &[0x80u8, 0x80][..]), None);
    }
}
