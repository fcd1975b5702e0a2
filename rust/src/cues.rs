//! Cue phrases ("ये भी पढ़ें", "Also read"): data given by the caller, compiled once, shared by both strippers.

use crate::error::{Error, Result};
use crate::spans::{REASONS, Reason};

#[derive(Debug, Clone)]
pub struct Cue {
    pub language: String,
    pub reason: Reason,
    pub phrase: String,
}

/// Compiled cue phrases of all languages.
pub struct Cues {
    pub cues: Vec<Cue>,
}

impl Cues {
    /// `entries` are (language, reason, phrase).
    pub fn new(entries: Vec<(String, String, String)>) -> Result<Cues> {
        let cues = entries
            .into_iter()
            .map(|(language, reason, phrase)| {
                let reason = reason_of(&reason)
                    .ok_or_else(|| Error::Argument(format!("unknown cue reason '{reason}'; one of {REASONS:?}")))?;
                Ok(Cue { language, reason, phrase })
            })
            .collect::<Result<_>>()?;
        Ok(Cues { cues })
    }
}

fn reason_of(name: &str) -> Option<Reason> {
    use Reason::*;
    const ALL: [Reason; 23] = [
        Nav, Header, Footer, Related, Promo, Ad, Caption, Credit, Share, Comments, Tags, Byline, Dateline, Title,
        Highlights, App, Newsletter, Source, Copyright, Template, Hidden, Rule, Other,
    ];
    REASONS.iter().position(|&known| known == name).map(|at| ALL[at])
}
