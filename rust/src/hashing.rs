//! The one hash family of the project: xxh3, equal to the `xxhash` package on the Python side.

use xxhash_rust::xxh3::xxh3_128;

/// xxh3_128 of the text as 32 lower-case hexadecimal digits: the id of a document that brings none.
pub fn content_id(text: &str) -> String {
    format!("{:032x}", xxh3_128(text.as_bytes()))
}
