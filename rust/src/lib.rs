//! The hot path of dedup: pure functions over batches of text.
//!
//! Nothing here opens a file (except the index), logs, reads the environment or decides a policy. `python/` is the only
//! module that names pyo3; everything else is plain Rust and tested as such.

pub mod blocks;
pub mod components;
pub mod cues;
pub mod dates;
#[cfg(test)]
mod draws;
pub mod error;
pub mod events;
pub mod folds;
pub mod hashing;
pub mod html;
pub mod index;
pub mod jsonl;
pub mod lines;
pub mod lsh;
pub mod minhash;
pub mod scan;
pub mod shingles;
pub mod spans;
pub mod templates;
pub mod text;
pub mod texts;
pub mod threads;
pub mod tokens;
pub mod verify;
pub mod words;

mod python;
