//! MinHash signatures: for each permutation the smallest value over the shingles (Broder 1997), bit for bit those of
//! datasketch 2, scheme `affine32`: h = fmix32(shingle), value = a·h + b mod 2^32 with a odd.
//!
//! One kernel, compiled for each instruction set that is looked for at run time. The naive twin is
//! `tests/naive.py: signature`.

use std::sync::LazyLock;

use sha1::{Digest, Sha1};
use xxhash_rust::xxh32::xxh32;

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

/// The instruction sets that the kernel is compiled for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Engine {
    Portable,
    Avx2,
    Avx512,
}

/// The engines that this processor runs, the fastest last.
pub fn engines() -> &'static [Engine] {
    static FOUND: LazyLock<Vec<Engine>> = LazyLock::new(|| {
        let mut found = vec![Engine::Portable];
        #[cfg(target_arch = "x86_64")]
        {
            if is_x86_feature_detected!("avx2") {
                found.push(Engine::Avx2);
            }
            if is_x86_feature_detected!("avx512f") {
                found.push(Engine::Avx512);
            }
        }
        found
    });
    &FOUND
}

/// Lowers `signature` by the 32-bit hashes of one text; `hashes` is mixed in place.
pub fn update(hashes: &mut [u32], permutations: &Permutations, signature: &mut [u32]) {
    update_with(engines()[engines().len() - 1], hashes, permutations, signature);
}

/// As `update`, on an engine of `engines()`; any other falls back to the portable one.
pub fn update_with(engine: Engine, hashes: &mut [u32], permutations: &Permutations, signature: &mut [u32]) {
    #[cfg(target_arch = "x86_64")]
    if engines().contains(&engine) {
        // SAFETY: the processor has the feature, as `engines` found; the functions are safe code compiled for it.
        match engine {
            Engine::Avx512 => return unsafe { avx512(hashes, permutations, signature) },
            Engine::Avx2 => return unsafe { avx2(hashes, permutations, signature) },
            Engine::Portable => (),
        }
    }
    lower::<16>(hashes, permutations, signature);
}

#[cfg(target_arch = "x86_64")]
#[target_feature(enable = "avx512f")]
fn avx512(hashes: &mut [u32], permutations: &Permutations, signature: &mut [u32]) {
    lower::<128>(hashes, permutations, signature);
}

#[cfg(target_arch = "x86_64")]
#[target_feature(enable = "avx2")]
fn avx2(hashes: &mut [u32], permutations: &Permutations, signature: &mut [u32]) {
    lower::<32>(hashes, permutations, signature);
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
        signature.fill(u32::MAX);
        let Signer { shingler, hashes } = self;
        shingler.each(text, shape, |shingles| {
            hashes.clear();
            hashes.extend(shingles.iter().map(|shingle| (shingle >> 32) as u32));
            update(hashes, permutations, signature);
        })
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
    update(&mut hashes, permutations, signature);
}

#[cfg(test)]
mod tests {
    use super::*;

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
                    update_with(engine, &mut hashes.clone(), &permutations, &mut signature);
                    assert_eq!(signature, naive, "{engine:?}");
                }
            }
        }
    }
}
