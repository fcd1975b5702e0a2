//! Article text out of HTML pages.

pub mod decode;
pub mod entities;
pub mod parse;
pub mod tags;
