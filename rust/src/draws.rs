//! Numbers for tests that look as if drawn by lot, the same in every run.

/// Draws numbers below a bound: the upper bits of a linear congruential generator (Knuth, The Art of Computer Programming 2, 3.3.4: MMIX).
pub fn draws(seed: u64) -> impl FnMut(usize) -> usize {
    let mut state = seed;
    move |below| {
        state = state.wrapping_mul(6364136223846793005).wrapping_add(1442695040888963407);
        (state >> 33) as usize % below
    }
}
