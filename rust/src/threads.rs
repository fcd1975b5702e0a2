//! How many threads a batch is worked on with.

use crate::error::{Error, Result};

/// Runs `work` on that many threads, 0 for one a processor.
pub fn on_threads<R: Send>(threads: usize, work: impl FnOnce() -> Result<R> + Send) -> Result<R> {
    if threads == 0 {
        return work();
    }
    let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build();
    pool.map_err(|error| Error::Argument(format!("{threads} threads: {error}")))?.install(work)
}
