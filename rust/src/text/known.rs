//! What was found out of a line: it goes with the line from pass to pass, so that no rule looks at a line twice for nothing.

use std::cell::Cell;

use crate::cues::Hit;

/// What was found out of a line by itself, whatever stands around it.
#[derive(Debug, Clone, Default)]
pub struct Known {
    /// Tells the line from the others of its page; 0 for a line that is new.
    pub id: u32,
    /// The line that does not begin with what this one says.
    pub no_lead_of: Cell<u32>,
    /// The cue at either end, once it was looked up.
    pub hit: Option<Hit>,
    /// [`crate::cues::Cues::appeals`] outside brackets; 0 where it names no platform.
    pub appeals: Cell<Option<u8>>,
    /// It looks like a headline.
    pub headline: Cell<Option<bool>>,
    no: Cell<u16>,
}

/// What a line is not.
#[derive(Debug, Clone, Copy)]
#[repr(u16)]
pub enum Not {
    /// Something is to be cut inside it.
    Cut = 1,
    /// A by-line.
    Signed = 2,
    /// Its parts may hold a date or a name.
    Parted = 4,
    /// It begins with a dateline.
    Dated = 8,
    /// It begins with a place and an agency, or with a day and a place.
    Placed = 16,
    /// A leftover by its shape, below the first and above the last lines.
    Shaped = 32,
    /// The same among the first or the last lines.
    ShapedAtEdge = 64,
    /// It begins as a cue begins.
    Headed = 128,
    /// It ends as a cue ends.
    Tailed = 256,
    /// It begins with a place that no agency goes with.
    Sited = 512,
    /// It is an origin and nothing else.
    Origin = 1024,
    /// A name, an outlet and a city.
    Signature = 2048,
    /// It begins with letters with which a cue begins.
    Begun = 4096,
    /// A date and a time of day in any form.
    Stamped = 8192,
}

impl Known {
    pub fn is_not(&self, what: Not) -> bool {
        self.no.get() & what as u16 != 0
    }

    /// Remembers whether the line is not `what`.
    pub fn set_not(&self, what: Not, is_not: bool) {
        let others = self.no.get() & !(what as u16);
        self.no.set(if is_not { others | what as u16 } else { others });
    }
}
