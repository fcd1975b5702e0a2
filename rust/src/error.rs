//! The one error type of the crate; `python/` maps it to an exception once.

use std::fmt;

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Error {
    /// An argument that can never be right (a ValueError in Python).
    Argument(String),
    /// Data that cannot be used (a DedupError in Python).
    Data(String),
    /// An index that is damaged, made otherwise, or in use (an ArtefactError in Python).
    Artefact(String),
    /// A file that cannot be written (an OutputError in Python).
    Output(String),
}

pub type Result<T> = std::result::Result<T, Error>;

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Error::Argument(message) | Error::Data(message) | Error::Artefact(message) | Error::Output(message) => {
                f.write_str(message)
            }
        }
    }
}

impl std::error::Error for Error {}
