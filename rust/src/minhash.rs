//! MinHash signatures: for each permutation the smallest value over the shingles (Broder 1997), bit for bit those of
//! datasketch 2, scheme `affine32`: h = fmix32(shingle), value = a·h + b mod 2^32 with a odd.
//!
//! One pass: a stretch of text becomes units, shingles and minima while all of it is in cache. The naive twin is
//! `tests/naive.py: signature`.

use sha1::{Digest, Sha1};
use xxhash_rust::xxh32::xxh32;

use crate::blocks::{Block, Task, fastest};
use crate::error::{Error, Result};
use crate::shingles::{Identity, Shape, Shingler};

/// The permutations h → a·h + b mod 2^32.
pub struct Permutations {
    a: Vec<u32>,
    b: Vec<u32>,
}

impl Permutations {
    pub fn new(a: &[u32], b: &[u32]) -> Result<Permutations> {
        if a.len() != b.len() || a.is_empty() {
            return Err(Error::Argument("permutations take as many multipliers as increments, at least one".into()));
        }
        Ok(Permutations { a: a.to_vec(), b: b.to_vec() })
    }

    pub fn len(&self) -> usize {
        self.a.len()
    }

    pub fn is_empty(&self) -> bool {
        self.a.is_empty()
    }
}

/// `WIDTH` permutations at a time stay in registers while the hashes go by.
#[inline(always)]
fn lower<const WIDTH: usize>(hashes: &mut [u32], permutations: &Permutations, signature: &mut [u32]) {
    for hash in hashes.iter_mut() {
        *hash = fmix32(*hash);
    }
    let (a, a_rest) = permutations.a.as_chunks::<WIDTH>();
    let (b, b_rest) = permutations.b.as_chunks::<WIDTH>();
    let (smallest, smallest_rest) = signature.as_chunks_mut::<WIDTH>();
    for ((a, b), smallest) in a.iter().zip(b).zip(smallest) {
        let mut least = *smallest;
        for &hash in hashes.iter() {
            for at in 0..WIDTH {
                least[at] = least[at].min(a[at].wrapping_mul(hash).wrapping_add(b[at]));
            }
        }
        *smallest = least;
    }
    for ((a, b), least) in a_rest.iter().zip(b_rest).zip(smallest_rest) {
        for &hash in hashes.iter() {
            *least = (*least).min(a.wrapping_mul(hash).wrapping_add(*b));
        }
    }
}

/// The finalizer of MurmurHash3, a bijection.
#[inline(always)]
pub fn fmix32(mut hash: u32) -> u32 {
    hash ^= hash >> 16;
    hash = hash.wrapping_mul(0x85eb_ca6b);
    hash ^= hash >> 13;
    hash = hash.wrapping_mul(0xc2b2_ae35);
    hash ^ hash >> 16
}

/// Buffers that are used again from text to text.
#[derive(Default)]
pub struct Signer {
    shingler: Shingler,
    hashes: Vec<u32>,
}

impl Signer {
    /// Writes the signature of a text (all ones for one without words) and returns its identity.
    pub fn sign(&mut self, text: &str, shape: Shape, permutations: &Permutations, signature: &mut [u32]) -> Identity {
        fastest(Sign { signer: self, text, shape, permutations, signature })
    }
}

/// One text to its signature.
pub struct Sign<'a> {
    pub signer: &'a mut Signer,
    pub text: &'a str,
    pub shape: Shape,
    pub permutations: &'a Permutations,
    pub signature: &'a mut [u32],
}

impl Task for Sign<'_> {
    type Output = Identity;

    #[inline(always)]
    unsafe fn run<B: Block>(self) -> Identity {
        let Signer { shingler, hashes } = self.signer;
        self.signature.fill(u32::MAX);
        let mut walk = shingler.walk(self.text, self.shape);
        while unsafe { shingler.advance::<B>(&mut walk) } {
            hashes.clear();
            hashes.extend(shingler.shingles.iter().map(|shingle| (shingle >> 32) as u32));
            unsafe { Update { hashes, permutations: self.permutations, signature: self.signature }.run::<B>() };
        }
        walk.identity
    }
}

/// Lowers a signature by 32-bit hashes, which are mixed in place.
pub struct Update<'a> {
    pub hashes: &'a mut [u32],
    pub permutations: &'a Permutations,
    pub signature: &'a mut [u32],
}

impl Task for Update<'_> {
    type Output = ();

    #[inline(always)]
    unsafe fn run<B: Block>(self) {
        match B::PERMUTATIONS {
            128 => lower::<128>(self.hashes, self.permutations, self.signature),
            32 => lower::<32>(self.hashes, self.permutations, self.signature),
            _ => lower::<8>(self.hashes, self.permutations, self.signature),
        }
    }
}

/// Hashes of set members that other tools feed to MinHash.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MemberHash {
    /// The first four bytes of SHA-1, little-endian: the default of datasketch.
    Sha1,
    Xxh32,
}

impl MemberHash {
    pub fn named(name: &str) -> Result<MemberHash> {
        match name {
            "sha1" => Ok(MemberHash::Sha1),
            "xxh32" => Ok(MemberHash::Xxh32),
            _ => Err(Error::Argument(format!("the hash of set members is sha1 or xxh32, not '{name}'"))),
        }
    }

    fn of(self, member: &[u8]) -> u32 {
        match self {
            MemberHash::Sha1 => {
                let [first, second, third, fourth, ..] = <[u8; 20]>::from(Sha1::digest(member));
                u32::from_le_bytes([first, second, third, fourth])
            }
            MemberHash::Xxh32 => xxh32(member, 0),
        }
    }
}

/// Lowers `signature` by the members of a set, as `datasketch.MinHash.update_batch` does.
pub fn sign_members<'m>(
    members: impl Iterator<Item = &'m [u8]>,
    hash: MemberHash,
    permutations: &Permutations,
    signature: &mut [u32],
) {
    let mut hashes: Vec<u32> = members.map(|member| hash.of(member)).collect();
    fastest(Update { hashes: &mut hashes, permutations, signature });
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::blocks::{engines, run_on};
    use crate::tokens::Mode;

    #[test]
    fn every_engine_gives_the_same_bits() {
        let odd = |at: u32| at.wrapping_mul(0x9e37_79b9) | 1;
        for count in [1, 15, 16, 100, 128, 129, 300] {
            let permutations = Permutations::new(
                &(0..count).map(odd).collect::<Vec<_>>(),
                &(0..count).map(|at| at.wrapping_mul(0x85eb_ca6b)).collect::<Vec<_>>(),
            )
            .unwrap();
            for length in [0, 1, 7, 500] {
                let hashes: Vec<u32> = (0..length).map(|at| odd(at * at + 3)).collect();
                let naive: Vec<u32> = (0..count as usize)
                    .map(|at| {
                        let value =
                            |&hash| permutations.a[at].wrapping_mul(fmix32(hash)).wrapping_add(permutations.b[at]);
                        hashes.iter().map(value).min().unwrap_or(u32::MAX)
                    })
                    .collect();
                for &engine in engines() {
                    let mut signature = vec![u32::MAX; count as usize];
                    let (hashes, signature) = (&mut hashes.clone()[..], &mut signature[..]);
                    run_on(engine, Update { hashes, permutations: &permutations, signature });
                    assert_eq!(signature, naive, "{engine:?}");
                }
            }
        }
    }

    #[test]
    fn every_engine_signs_a_text_alike() {
        let text = "Straße में हिन्दी 今天 😀 ZWJ क्\u{200d}ष हूँ the “end”. ".repeat(400);
        let permutations = Permutations::new(&[1, 3, 5, 7], &[9, 2, 4, 6]).unwrap();
        let shape = Shape { mode: Mode::Auto, word: 5, char: 5 };
        let signed = engines().iter().map(|&engine| {
            let (mut signer, mut signature) = (Signer::default(), [0; 4]);
            let (signer, permutations) = (&mut signer, &permutations);
            let sign = Sign { signer, text: &text, shape, permutations, signature: &mut signature };
            (run_on(engine, sign), signature)
        });
        let signed: Vec<_> = signed.collect();
        assert!(signed.iter().all(|one| *one == signed[0]));
    }
}
