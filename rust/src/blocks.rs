//! Sixty-four bytes at a time, in the registers that the processor has. Masks have bit i for byte i.
//!
//! The hot path is written once and compiled for each engine. What `benchmarks/METHOD.md` records for it is why there is
//! unsafe code here; the naive twins are in `tests`.

use std::sync::LazyLock;

use crate::scan::{self, Bounds, Carry, Scripts};

/// Bytes looked at together.
pub const BLOCK: usize = 64;

/// Some bytes as a block, with the zeros of `room` behind them where they are fewer.
#[inline(always)]
pub fn padded<'a>(bytes: &'a [u8], room: &'a mut [u8; BLOCK]) -> &'a [u8; BLOCK] {
    if let Some(block) = bytes.first_chunk() {
        return block;
    }
    room[..bytes.len()].copy_from_slice(bytes);
    room
}

/// The instruction sets that the hot path is compiled for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Engine {
    Portable,
    Neon,
    Avx2,
    Avx512,
}

/// The engines that this processor runs, the fastest last.
pub fn engines() -> &'static [Engine] {
    static FOUND: LazyLock<Vec<Engine>> = LazyLock::new(|| {
        let mut found = vec![Engine::Portable];
        #[cfg(target_arch = "aarch64")]
        found.push(Engine::Neon);
        #[cfg(target_arch = "x86_64")]
        {
            if is_x86_feature_detected!("avx2")
                && is_x86_feature_detected!("bmi1")
                && is_x86_feature_detected!("bmi2")
                && is_x86_feature_detected!("lzcnt")
                && is_x86_feature_detected!("popcnt")
            {
                found.push(Engine::Avx2);
            }
            if found.contains(&Engine::Avx2)
                && is_x86_feature_detected!("avx512f")
                && is_x86_feature_detected!("avx512bw")
                && is_x86_feature_detected!("avx512dq")
                && is_x86_feature_detected!("avx512vl")
                && is_x86_feature_detected!("avx512vbmi")
                && is_x86_feature_detected!("avx512vbmi2")
            {
                found.push(Engine::Avx512);
            }
        }
        found
    });
    &FOUND
}

/// Work that is compiled for each engine; `run` and what it calls on the hot path are `#[inline(always)]`.
pub trait Task {
    type Output;
    /// # Safety
    /// The processor has the instructions of `B`.
    unsafe fn run<B: Block>(self) -> Self::Output;
}

/// Runs a task on the fastest engine.
pub fn fastest<T: Task>(task: T) -> T::Output {
    run_on(engines()[engines().len() - 1], task)
}

/// Runs a task on one of `engines()`; on the portable one if it is none of them.
pub fn run_on<T: Task>(engine: Engine, task: T) -> T::Output {
    // SAFETY: an engine is in `engines()` only if the processor has its instructions; the portable one has no others.
    match engine {
        #[cfg(target_arch = "x86_64")]
        Engine::Avx512 if engines().contains(&engine) => unsafe { avx512(task) },
        #[cfg(target_arch = "x86_64")]
        Engine::Avx2 if engines().contains(&engine) => unsafe { avx2(task) },
        #[cfg(target_arch = "aarch64")]
        Engine::Neon => unsafe { task.run::<Neon>() },
        _ => unsafe { task.run::<Portable>() },
    }
}

#[cfg(target_arch = "x86_64")]
#[target_feature(enable = "avx512f,avx512bw,avx512dq,avx512vl,avx512vbmi,avx512vbmi2,avx2,bmi1,bmi2,lzcnt,popcnt")]
fn avx512<T: Task>(task: T) -> T::Output {
    unsafe { task.run::<Avx512>() }
}

#[cfg(target_arch = "x86_64")]
#[target_feature(enable = "avx2,bmi1,bmi2,lzcnt,popcnt")]
fn avx2<T: Task>(task: T) -> T::Output {
    unsafe { task.run::<Avx2>() }
}

/// An engine as a type.
///
/// # Safety
/// The methods of an implementation are called on a processor that has its instructions only.
#[expect(clippy::missing_safety_doc, reason = "what is said of the trait holds for each method")]
pub trait Block: Copy {
    /// Permutations whose multipliers, increments and least values stay in registers together.
    const PERMUTATIONS: usize;

    unsafe fn zero() -> Self;
    unsafe fn load(bytes: &[u8; 64]) -> Self;
    unsafe fn store(self, bytes: &mut [u8; 64]);
    /// The bytes equal to `byte`.
    unsafe fn equal(self, byte: u8) -> u64;
    /// The bytes that have any bit of `bits`.
    unsafe fn any(self, bits: u8) -> u64;
    /// The bytes of at least `low` and at most `high`.
    unsafe fn within(self, low: u8, high: u8) -> u64;
    /// The bytes with which a character begins.
    unsafe fn begins(self) -> u64;
    /// Whether all bytes are 0.
    unsafe fn is_zero(self) -> bool;
    /// Each byte replaced by `table[byte % 64]`.
    unsafe fn look_up(self, table: &[u8; 64]) -> Self;
    /// Each byte of ASCII replaced by the bits that `low` has for its lower half and `high` for its upper half, every other one by 0.
    unsafe fn classes(self, low: &[u8; 16], high: &[u8; 16]) -> Self;
    /// The bytes of `other` where the mask is set.
    unsafe fn replace(self, other: Self, mask: u64) -> Self;
    /// The bytes with the bits of `bits` set where the mask is set.
    unsafe fn set(self, bits: u8, mask: u64) -> Self;

    /// The bytes less one where the mask is set.
    unsafe fn less_one(self, mask: u64) -> Self;
    /// Of the sixteen words of four bytes those bits alone that `bits` has, where the value is more than `threshold`.
    unsafe fn keep_above(self, values: &[f32; 16], threshold: f32, bits: u32) -> Self;

    /// Writes for each bit of the mask `offset` + 2 · its number, plus one where `flags` has it too.
    #[inline(always)]
    unsafe fn places(mut mask: u64, flags: u64, offset: u32, places: &mut [u32; 64]) {
        // Eight at a time whether there are as many or not: how many there are cannot be foreseen.
        for eight in places.as_chunks_mut::<8>().0 {
            for place in eight {
                let at = mask.trailing_zeros();
                *place = (offset + 2 * at) | (flags.wrapping_shr(at) & 1) as u32;
                mask &= mask.wrapping_sub(1);
            }
            if mask == 0 {
                break;
            }
        }
    }

    /// See `scan::by_masks`.
    #[inline(always)]
    unsafe fn scan(
        bytes: &[u8; 64],
        length: usize,
        offset: u32,
        carry: &mut Carry,
        scripts: &mut Scripts,
        folded: &mut [u8; 64],
        bounds: &mut Bounds,
    ) -> usize {
        unsafe { scan::by_masks::<Self>(bytes, length, offset, carry, scripts, folded, bounds) }
    }
}

/// Plain Rust. It scans character by character; its masks serve the tests.
#[derive(Clone, Copy)]
pub struct Portable([u8; 64]);

impl Portable {
    fn mask(self, holds: impl Fn(u8) -> bool) -> u64 {
        self.0.iter().enumerate().fold(0, |mask, (at, &byte)| mask | u64::from(holds(byte)) << at)
    }

    fn map(self, mask: u64, of: impl Fn(usize, u8) -> u8) -> Portable {
        Portable(std::array::from_fn(|at| if mask >> at & 1 == 1 { of(at, self.0[at]) } else { self.0[at] }))
    }
}

impl Block for Portable {
    const PERMUTATIONS: usize = 8;

    unsafe fn zero() -> Self {
        Portable([0; 64])
    }

    unsafe fn load(bytes: &[u8; 64]) -> Self {
        Portable(*bytes)
    }

    unsafe fn store(self, bytes: &mut [u8; 64]) {
        *bytes = self.0;
    }

    unsafe fn equal(self, byte: u8) -> u64 {
        self.mask(|own| own == byte)
    }

    unsafe fn any(self, bits: u8) -> u64 {
        self.mask(|own| own & bits != 0)
    }

    unsafe fn within(self, low: u8, high: u8) -> u64 {
        self.mask(|own| (low..=high).contains(&own))
    }

    unsafe fn begins(self) -> u64 {
        self.mask(|own| own & 0xC0 != 0x80)
    }

    unsafe fn is_zero(self) -> bool {
        self.0 == [0; 64]
    }

    unsafe fn look_up(self, table: &[u8; 64]) -> Self {
        self.map(u64::MAX, |_, byte| table[usize::from(byte & 63)])
    }

    unsafe fn classes(self, low: &[u8; 16], high: &[u8; 16]) -> Self {
        let of = |byte: u8| low[usize::from(byte & 15)] & high[usize::from(byte >> 4)];
        self.map(u64::MAX, |_, byte| if byte.is_ascii() { of(byte) } else { 0 })
    }

    unsafe fn replace(self, other: Self, mask: u64) -> Self {
        self.map(mask, |at, _| other.0[at])
    }

    unsafe fn set(self, bits: u8, mask: u64) -> Self {
        self.map(mask, |_, byte| byte | bits)
    }

    unsafe fn less_one(self, mask: u64) -> Self {
        self.map(mask, |_, byte| byte.wrapping_sub(1))
    }

    #[inline(always)]
    unsafe fn keep_above(mut self, values: &[f32; 16], threshold: f32, bits: u32) -> Self {
        for (word, value) in self.0.as_chunks_mut::<4>().0.iter_mut().zip(values) {
            let kept = if *value > threshold { bits } else { u32::MAX };
            *word = (u32::from_ne_bytes(*word) & kept).to_ne_bytes();
        }
        self
    }

    #[inline(always)]
    unsafe fn scan(
        bytes: &[u8; 64],
        length: usize,
        offset: u32,
        carry: &mut Carry,
        _: &mut Scripts,
        folded: &mut [u8; 64],
        bounds: &mut Bounds,
    ) -> usize {
        scan::by_characters(bytes, length, offset, carry, folded, bounds)
    }
}

#[cfg(target_arch = "x86_64")]
pub use x86::{Avx2, Avx512};

#[cfg(target_arch = "x86_64")]
mod x86 {
    use super::Block;
    use std::arch::x86_64::*;

    /// The greatest byte inside a character; as numbers with a sign those with which characters begin are greater, and no others.
    const LAST_CONTINUATION: i8 = 0xBF_u8 as i8;

    /// AVX-512 as Ice Lake and Zen 4 have it.
    #[derive(Clone, Copy)]
    pub struct Avx512(__m512i);

    impl Block for Avx512 {
        const PERMUTATIONS: usize = 128;

        #[inline(always)]
        unsafe fn zero() -> Self {
            unsafe { Avx512(_mm512_setzero_si512()) }
        }

        #[inline(always)]
        unsafe fn load(bytes: &[u8; 64]) -> Self {
            unsafe { Avx512(_mm512_loadu_si512(bytes.as_ptr().cast())) }
        }

        #[inline(always)]
        unsafe fn store(self, bytes: &mut [u8; 64]) {
            unsafe { _mm512_storeu_si512(bytes.as_mut_ptr().cast(), self.0) }
        }

        #[inline(always)]
        unsafe fn equal(self, byte: u8) -> u64 {
            unsafe { _mm512_cmpeq_epi8_mask(self.0, _mm512_set1_epi8(byte as i8)) }
        }

        #[inline(always)]
        unsafe fn any(self, bits: u8) -> u64 {
            unsafe { _mm512_test_epi8_mask(self.0, _mm512_set1_epi8(bits as i8)) }
        }

        #[inline(always)]
        unsafe fn within(self, low: u8, high: u8) -> u64 {
            unsafe {
                let above = _mm512_sub_epi8(self.0, _mm512_set1_epi8(low as i8));
                _mm512_cmple_epu8_mask(above, _mm512_set1_epi8((high - low) as i8))
            }
        }

        #[inline(always)]
        unsafe fn begins(self) -> u64 {
            unsafe { _mm512_cmpgt_epi8_mask(self.0, _mm512_set1_epi8(LAST_CONTINUATION)) }
        }

        #[inline(always)]
        unsafe fn is_zero(self) -> bool {
            unsafe { _mm512_test_epi8_mask(self.0, self.0) == 0 }
        }

        #[inline(always)]
        unsafe fn look_up(self, table: &[u8; 64]) -> Self {
            unsafe { Avx512(_mm512_permutexvar_epi8(self.0, Self::load(table).0)) }
        }

        #[inline(always)]
        unsafe fn classes(self, low: &[u8; 16], high: &[u8; 16]) -> Self {
            unsafe {
                let quarters = |table: &[u8; 16]| _mm512_broadcast_i32x4(_mm_loadu_si128(table.as_ptr().cast()));
                // a byte with its upper bit set looks up 0
                let upper = _mm512_and_si512(_mm512_srli_epi16::<4>(self.0), _mm512_set1_epi8(15));
                let (low, high) =
                    (_mm512_shuffle_epi8(quarters(low), self.0), _mm512_shuffle_epi8(quarters(high), upper));
                Avx512(_mm512_and_si512(low, high))
            }
        }

        #[inline(always)]
        unsafe fn replace(self, other: Self, mask: u64) -> Self {
            unsafe { Avx512(_mm512_mask_mov_epi8(self.0, mask, other.0)) }
        }

        #[inline(always)]
        unsafe fn set(self, bits: u8, mask: u64) -> Self {
            unsafe { Avx512(_mm512_or_si512(self.0, _mm512_maskz_set1_epi8(mask, bits as i8))) }
        }

        #[inline(always)]
        unsafe fn less_one(self, mask: u64) -> Self {
            unsafe { Avx512(_mm512_mask_sub_epi8(self.0, mask, self.0, _mm512_set1_epi8(1))) }
        }

        #[inline(always)]
        unsafe fn keep_above(self, values: &[f32; 16], threshold: f32, bits: u32) -> Self {
            unsafe {
                let values = _mm512_loadu_ps(values.as_ptr());
                let above = _mm512_cmp_ps_mask::<_CMP_GT_OQ>(values, _mm512_set1_ps(threshold));
                Avx512(_mm512_mask_and_epi32(self.0, above, self.0, _mm512_set1_epi32(bits as i32)))
            }
        }

        #[inline(always)]
        unsafe fn places(mask: u64, flags: u64, offset: u32, places: &mut [u32; 64]) {
            const TWICE: [u8; 64] = {
                let mut twice = [0; 64];
                let mut at = 0;
                while at < 64 {
                    twice[at] = 2 * at as u8;
                    at += 1;
                }
                twice
            };
            unsafe {
                let all = Self::load(&TWICE).set(1, flags);
                let packed = _mm512_maskz_compress_epi8(mask, all.0);
                let count = mask.count_ones() as usize;
                let offset = _mm512_set1_epi32(offset as i32);
                let out = places.as_mut_ptr().cast::<__m512i>();
                // Up to 16 places a step: most blocks hold no more than two steps of bounds.
                let step = |at: usize, bytes: __m128i| {
                    _mm512_storeu_si512(out.add(at), _mm512_add_epi32(_mm512_cvtepu8_epi32(bytes), offset));
                };
                step(0, _mm512_castsi512_si128(packed));
                if count > 16 {
                    step(1, _mm512_extracti32x4_epi32::<1>(packed));
                    if count > 32 {
                        step(2, _mm512_extracti32x4_epi32::<2>(packed));
                        step(3, _mm512_extracti32x4_epi32::<3>(packed));
                    }
                }
            }
        }
    }

    /// AVX2, two halves.
    #[derive(Clone, Copy)]
    pub struct Avx2([__m256i; 2]);

    #[inline(always)]
    unsafe fn masks([low, high]: [__m256i; 2]) -> u64 {
        unsafe { u64::from(mask(low)) | u64::from(mask(high)) << 32 }
    }

    /// `_mm256_movemask_epi8`, into which the compiler does not see: it would join masks byte by byte.
    #[inline]
    #[target_feature(enable = "avx2")]
    fn mask(bytes: __m256i) -> u32 {
        let mask: u32;
        // SAFETY: the function is called where the processor has the instruction; it reads and writes registers only.
        unsafe {
            std::arch::asm!(
                "vpmovmskb {:e}, {}",
                out(reg) mask,
                in(ymm_reg) bytes,
                options(pure, nomem, nostack, preserves_flags)
            );
        }
        mask
    }

    #[inline(always)]
    unsafe fn quarter(table: &[u8; 16]) -> __m256i {
        unsafe { _mm256_broadcastsi128_si256(_mm_loadu_si128(table.as_ptr().cast())) }
    }

    #[inline(always)]
    unsafe fn look_up(half: __m256i, table: [__m256i; 4]) -> __m256i {
        unsafe {
            // Bits 4 and 5 choose the quarter: moved to the top bit of a byte, where blendv looks.
            let (bit4, bit5) = (_mm256_slli_epi16(half, 3), _mm256_slli_epi16(half, 2));
            let index = _mm256_and_si256(half, _mm256_set1_epi8(15));
            let (first, second) = (_mm256_shuffle_epi8(table[0], index), _mm256_shuffle_epi8(table[1], index));
            let (third, fourth) = (_mm256_shuffle_epi8(table[2], index), _mm256_shuffle_epi8(table[3], index));
            let (low, high) = (_mm256_blendv_epi8(first, second, bit4), _mm256_blendv_epi8(third, fourth, bit4));
            _mm256_blendv_epi8(low, high, bit5)
        }
    }

    /// All ones in the bytes whose bit of the mask is set.
    #[inline(always)]
    unsafe fn spread(mask: u32) -> __m256i {
        unsafe {
            let bytes = _mm256_setr_epi64x(0, 0x0101_0101_0101_0101, 0x0202_0202_0202_0202, 0x0303_0303_0303_0303);
            let bits = _mm256_set1_epi64x(0x8040_2010_0804_0201_u64 as i64);
            let own = _mm256_and_si256(_mm256_shuffle_epi8(_mm256_set1_epi32(mask as i32), bytes), bits);
            _mm256_cmpeq_epi8(own, bits)
        }
    }

    impl Block for Avx2 {
        const PERMUTATIONS: usize = 32;

        #[inline(always)]
        unsafe fn zero() -> Self {
            unsafe { Avx2([_mm256_setzero_si256(); 2]) }
        }

        #[inline(always)]
        unsafe fn less_one(self, mask: u64) -> Self {
            unsafe {
                // All ones are minus one.
                let [low, high] = [spread(mask as u32), spread((mask >> 32) as u32)];
                Avx2([_mm256_add_epi8(self.0[0], low), _mm256_add_epi8(self.0[1], high)])
            }
        }

        #[inline(always)]
        unsafe fn keep_above(self, values: &[f32; 16], threshold: f32, bits: u32) -> Self {
            unsafe {
                let (threshold, others) = (_mm256_set1_ps(threshold), _mm256_set1_epi32(!bits as i32));
                let half = |own: __m256i, values: *const f32| {
                    let above = _mm256_cmp_ps::<_CMP_GT_OQ>(_mm256_loadu_ps(values), threshold);
                    _mm256_andnot_si256(_mm256_and_si256(_mm256_castps_si256(above), others), own)
                };
                Avx2([half(self.0[0], values.as_ptr()), half(self.0[1], values.as_ptr().add(8))])
            }
        }

        #[inline(always)]
        unsafe fn load(bytes: &[u8; 64]) -> Self {
            let half = bytes.as_ptr().cast::<__m256i>();
            unsafe { Avx2([_mm256_loadu_si256(half), _mm256_loadu_si256(half.add(1))]) }
        }

        #[inline(always)]
        unsafe fn store(self, bytes: &mut [u8; 64]) {
            let half = bytes.as_mut_ptr().cast::<__m256i>();
            unsafe {
                _mm256_storeu_si256(half, self.0[0]);
                _mm256_storeu_si256(half.add(1), self.0[1]);
            }
        }

        #[inline(always)]
        unsafe fn equal(self, byte: u8) -> u64 {
            unsafe {
                let byte = _mm256_set1_epi8(byte as i8);
                masks([_mm256_cmpeq_epi8(self.0[0], byte), _mm256_cmpeq_epi8(self.0[1], byte)])
            }
        }

        #[inline(always)]
        unsafe fn any(self, bits: u8) -> u64 {
            // a mask is made of the upper bits
            if bits == 0x80 {
                return unsafe { masks(self.0) };
            }
            unsafe {
                let (bits, none) = (_mm256_set1_epi8(bits as i8), _mm256_setzero_si256());
                let [low, high] = [_mm256_and_si256(self.0[0], bits), _mm256_and_si256(self.0[1], bits)];
                !masks([_mm256_cmpeq_epi8(low, none), _mm256_cmpeq_epi8(high, none)])
            }
        }

        #[inline(always)]
        unsafe fn within(self, low: u8, high: u8) -> u64 {
            unsafe {
                let (least, span) = (_mm256_set1_epi8(low as i8), _mm256_set1_epi8((high - low) as i8));
                let [low, high] = [_mm256_sub_epi8(self.0[0], least), _mm256_sub_epi8(self.0[1], least)];
                masks([
                    _mm256_cmpeq_epi8(_mm256_min_epu8(low, span), low),
                    _mm256_cmpeq_epi8(_mm256_min_epu8(high, span), high),
                ])
            }
        }

        #[inline(always)]
        unsafe fn begins(self) -> u64 {
            unsafe {
                let last = _mm256_set1_epi8(LAST_CONTINUATION);
                masks([_mm256_cmpgt_epi8(self.0[0], last), _mm256_cmpgt_epi8(self.0[1], last)])
            }
        }

        #[inline(always)]
        unsafe fn is_zero(self) -> bool {
            unsafe {
                let both = _mm256_or_si256(self.0[0], self.0[1]);
                _mm256_testz_si256(both, both) == 1
            }
        }

        #[inline(always)]
        unsafe fn look_up(self, table: &[u8; 64]) -> Self {
            unsafe {
                let (table, _) = table.as_chunks();
                let table = [quarter(&table[0]), quarter(&table[1]), quarter(&table[2]), quarter(&table[3])];
                Avx2([look_up(self.0[0], table), look_up(self.0[1], table)])
            }
        }

        #[inline(always)]
        unsafe fn classes(self, low: &[u8; 16], high: &[u8; 16]) -> Self {
            unsafe {
                let (low, high) = (quarter(low), quarter(high));
                let of = |half| {
                    // a byte with its upper bit set looks up 0
                    let upper = _mm256_and_si256(_mm256_srli_epi16::<4>(half), _mm256_set1_epi8(15));
                    _mm256_and_si256(_mm256_shuffle_epi8(low, half), _mm256_shuffle_epi8(high, upper))
                };
                Avx2([of(self.0[0]), of(self.0[1])])
            }
        }

        #[inline(always)]
        unsafe fn replace(self, other: Self, mask: u64) -> Self {
            unsafe {
                Avx2([
                    _mm256_blendv_epi8(self.0[0], other.0[0], spread(mask as u32)),
                    _mm256_blendv_epi8(self.0[1], other.0[1], spread((mask >> 32) as u32)),
                ])
            }
        }

        #[inline(always)]
        unsafe fn set(self, bits: u8, mask: u64) -> Self {
            unsafe {
                let bits = _mm256_set1_epi8(bits as i8);
                let [low, high] = [spread(mask as u32), spread((mask >> 32) as u32)];
                Avx2([
                    _mm256_or_si256(self.0[0], _mm256_and_si256(low, bits)),
                    _mm256_or_si256(self.0[1], _mm256_and_si256(high, bits)),
                ])
            }
        }
    }
}

#[cfg(target_arch = "aarch64")]
pub use arm::Neon;

#[cfg(target_arch = "aarch64")]
mod arm {
    use super::Block;
    use std::arch::aarch64::*;

    /// NEON, four quarters.
    #[derive(Clone, Copy)]
    pub struct Neon(uint8x16x4_t);

    impl Neon {
        #[inline(always)]
        unsafe fn each(self, of: impl Fn(uint8x16_t) -> uint8x16_t) -> Neon {
            let uint8x16x4_t(first, second, third, fourth) = self.0;
            Neon(uint8x16x4_t(of(first), of(second), of(third), of(fourth)))
        }

        /// The mask of bytes that are all ones, the others being zero: each keeps its bit, and neighbours are added up.
        #[inline(always)]
        unsafe fn mask(self) -> u64 {
            const BITS: [u8; 16] = [1, 2, 4, 8, 16, 32, 64, 128, 1, 2, 4, 8, 16, 32, 64, 128];
            unsafe {
                let bits = vld1q_u8(BITS.as_ptr());
                let uint8x16x4_t(first, second, third, fourth) = self.each(|quarter| vandq_u8(quarter, bits)).0;
                let sums = vpaddq_u8(vpaddq_u8(first, second), vpaddq_u8(third, fourth));
                vgetq_lane_u64::<0>(vreinterpretq_u64_u8(vpaddq_u8(sums, sums)))
            }
        }

        /// All ones in the bytes whose bit of the mask is set.
        #[inline(always)]
        unsafe fn spread(mask: u64) -> Neon {
            let mut bytes = [0u8; 64];
            for (at, byte) in bytes.iter_mut().enumerate() {
                *byte = ((mask >> at & 1) as u8).wrapping_neg();
            }
            unsafe { Neon::load(&bytes) }
        }
    }

    impl Block for Neon {
        const PERMUTATIONS: usize = 32;

        #[inline(always)]
        unsafe fn zero() -> Self {
            unsafe { Neon::load(&[0; 64]) }
        }

        #[inline(always)]
        unsafe fn less_one(self, mask: u64) -> Self {
            unsafe {
                // All ones are minus one.
                let ones = Neon::spread(mask).0;
                Neon(uint8x16x4_t(
                    vaddq_u8(self.0.0, ones.0),
                    vaddq_u8(self.0.1, ones.1),
                    vaddq_u8(self.0.2, ones.2),
                    vaddq_u8(self.0.3, ones.3),
                ))
            }
        }

        #[inline(always)]
        unsafe fn keep_above(self, values: &[f32; 16], threshold: f32, bits: u32) -> Self {
            unsafe {
                let (threshold, others) = (vdupq_n_f32(threshold), vdupq_n_u32(!bits));
                let quarter = |own: uint8x16_t, at: usize| {
                    let above = vcgtq_f32(vld1q_f32(values.as_ptr().add(at)), threshold);
                    vbicq_u8(own, vreinterpretq_u8_u32(vandq_u32(above, others)))
                };
                let uint8x16x4_t(first, second, third, fourth) = self.0;
                Neon(uint8x16x4_t(quarter(first, 0), quarter(second, 4), quarter(third, 8), quarter(fourth, 12)))
            }
        }

        #[inline(always)]
        unsafe fn load(bytes: &[u8; 64]) -> Self {
            unsafe { Neon(vld1q_u8_x4(bytes.as_ptr())) }
        }

        #[inline(always)]
        unsafe fn store(self, bytes: &mut [u8; 64]) {
            unsafe { vst1q_u8_x4(bytes.as_mut_ptr(), self.0) }
        }

        #[inline(always)]
        unsafe fn equal(self, byte: u8) -> u64 {
            unsafe { self.each(|quarter| vceqq_u8(quarter, vdupq_n_u8(byte))).mask() }
        }

        #[inline(always)]
        unsafe fn any(self, bits: u8) -> u64 {
            unsafe { self.each(|quarter| vtstq_u8(quarter, vdupq_n_u8(bits))).mask() }
        }

        #[inline(always)]
        unsafe fn within(self, low: u8, high: u8) -> u64 {
            unsafe { self.each(|quarter| vcleq_u8(vsubq_u8(quarter, vdupq_n_u8(low)), vdupq_n_u8(high - low))).mask() }
        }

        #[inline(always)]
        unsafe fn begins(self) -> u64 {
            unsafe { !self.within(0x80, 0xBF) }
        }

        #[inline(always)]
        unsafe fn is_zero(self) -> bool {
            let uint8x16x4_t(first, second, third, fourth) = self.0;
            unsafe { vmaxvq_u8(vorrq_u8(vorrq_u8(first, second), vorrq_u8(third, fourth))) == 0 }
        }

        #[inline(always)]
        unsafe fn look_up(self, table: &[u8; 64]) -> Self {
            unsafe {
                let table = Neon::load(table).0;
                self.each(|quarter| vqtbl4q_u8(table, vandq_u8(quarter, vdupq_n_u8(63))))
            }
        }

        #[inline(always)]
        unsafe fn classes(self, low: &[u8; 16], high: &[u8; 16]) -> Self {
            unsafe {
                let (low, high) = (vld1q_u8(low.as_ptr()), vld1q_u8(high.as_ptr()));
                // a byte with its upper bit set looks up 0
                self.each(|quarter| {
                    let lower = vqtbl1q_u8(low, vandq_u8(quarter, vdupq_n_u8(0x8F)));
                    vandq_u8(lower, vqtbl1q_u8(high, vshrq_n_u8::<4>(quarter)))
                })
            }
        }

        #[inline(always)]
        unsafe fn replace(self, other: Self, mask: u64) -> Self {
            unsafe {
                let mask = Neon::spread(mask).0;
                Neon(uint8x16x4_t(
                    vbslq_u8(mask.0, other.0.0, self.0.0),
                    vbslq_u8(mask.1, other.0.1, self.0.1),
                    vbslq_u8(mask.2, other.0.2, self.0.2),
                    vbslq_u8(mask.3, other.0.3, self.0.3),
                ))
            }
        }

        #[inline(always)]
        unsafe fn set(self, bits: u8, mask: u64) -> Self {
            unsafe {
                let bits = Neon::spread(mask).each(|quarter| vandq_u8(quarter, vdupq_n_u8(bits))).0;
                Neon(uint8x16x4_t(
                    vorrq_u8(self.0.0, bits.0),
                    vorrq_u8(self.0.1, bits.1),
                    vorrq_u8(self.0.2, bits.2),
                    vorrq_u8(self.0.3, bits.3),
                ))
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    struct Agrees;

    impl Task for Agrees {
        type Output = ();

        #[inline(always)]
        unsafe fn run<B: Block>(self) {
            let mut state = 0x9e37_79b9_7f4a_7c15_u64;
            let mut next = || {
                state = state.wrapping_mul(0xd134_2543_de82_ef95).wrapping_add(1);
                state >> 11
            };
            for _ in 0..2000 {
                let bytes: [u8; 64] = std::array::from_fn(|_| next() as u8);
                let table: [u8; 64] = std::array::from_fn(|_| next() as u8);
                let (byte, mask) = (bytes[next() as usize % 64], next() ^ next() << 32);
                let (low, high) = (byte.min(table[0]), byte.max(table[0]));
                unsafe {
                    let (fast, slow) = (B::load(&bytes), Portable::load(&bytes));
                    assert_eq!(fast.equal(byte), slow.equal(byte));
                    assert_eq!(fast.any(byte), slow.any(byte));
                    assert_eq!(fast.any(0x80), slow.any(0x80));
                    assert_eq!(fast.within(low, high), slow.within(low, high));
                    assert_eq!(fast.begins(), slow.begins());
                    let one: [u8; 64] = std::array::from_fn(|at| if at as u64 == mask % 80 { byte } else { 0 });
                    assert_eq!(B::load(&one).is_zero(), Portable(one).is_zero());
                    let mut out = [0; 64];
                    fast.look_up(&table).store(&mut out);
                    assert_eq!(out, slow.look_up(&table).0);
                    let (lower, upper) = (table.first_chunk().unwrap(), table.last_chunk().unwrap());
                    fast.classes(lower, upper).store(&mut out);
                    assert_eq!(out, slow.classes(lower, upper).0);
                    fast.replace(B::load(&table), mask).store(&mut out);
                    assert_eq!(out, slow.replace(Portable(table), mask).0);
                    fast.set(0x20, mask).store(&mut out);
                    assert_eq!(out, slow.set(0x20, mask).0);
                    fast.less_one(mask).store(&mut out);
                    assert_eq!(out, slow.less_one(mask).0);
                    let values: [f32; 16] = std::array::from_fn(|at| f32::from(table[at] % 8));
                    fast.keep_above(&values, f32::from(low % 8), mask as u32).store(&mut out);
                    assert_eq!(out, slow.keep_above(&values, f32::from(low % 8), mask as u32).0);
                    let (mut fast, mut slow) = ([0; 64], [0; 64]);
                    B::places(mask, low.into(), 1000, &mut fast);
                    Portable::places(mask, low.into(), 1000, &mut slow);
                    let count = mask.count_ones() as usize;
                    assert_eq!(fast[..count], slow[..count]);
                }
            }
        }
    }

    #[test]
    fn every_kind_of_register_agrees_with_plain_rust() {
        engines().iter().for_each(|&engine| run_on(engine, Agrees));
    }
}
