//! Same-event clustering: articles that report one event, each in its own words, come together.
//!
//! terms (what is compared) → weights (how telling a term is) → index (pairs worth a look) → linkage (average link in a time window).

pub mod cluster;
pub mod corpus;
pub mod grouping;
pub mod index;
pub mod keys;
pub mod lapse;
pub mod linkage;
pub mod named_days;
pub mod node;
pub mod refrains;
pub mod sound;
pub mod stem;
pub mod stream;
pub mod terms;
pub mod weights;
