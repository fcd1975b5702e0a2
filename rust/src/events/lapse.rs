//! The days between articles: reports of one event come close together, so that what lies between them takes from their similarity.

/// What is taken where the whole window lies between two articles; less by the square of their distance where it is nearer.
const LAPSE: f64 = 0.018;
/// The day from which times are counted, so that their squares stay small.
const ORIGIN: f64 = 19_000.0;

/// What the days between two times take; nothing where one is unknown.
pub fn lapse(a: f64, b: f64, window: f64) -> f64 {
    if a.is_nan() || b.is_nan() { 0.0 } else { LAPSE * ((a - b) / window.max(1e-9)).powi(2) }
}

/// The dates of a cluster, as far as the sum over pairs needs them.
#[derive(Debug, Clone, Default)]
pub struct Times {
    count: f64,
    sum: f64,
    squares: f64,
}

impl Times {
    pub fn of(time: f64) -> Self {
        let days = time - ORIGIN;
        if time.is_nan() { Times::default() } else { Times { count: 1.0, sum: days, squares: days * days } }
    }

    pub fn join(&mut self, other: &Times) {
        self.count += other.count;
        self.sum += other.sum;
        self.squares += other.squares;
    }

    /// The sum of `lapse` over all pairs, one of each.
    pub fn lapse(&self, other: &Times, window: f64) -> f64 {
        let squares = self.count * other.squares + other.count * self.squares - 2.0 * self.sum * other.sum;
        LAPSE * squares.max(0.0) / window.max(1e-9).powi(2)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_sum_over_clusters_is_that_over_pairs() {
        let (left, right) = ([19_100.0, 19_102.5, f64::NAN], [19_101.0, f64::NAN, 19_099.25]);
        let all = |times: [f64; 3]| {
            times.iter().fold(Times::default(), |mut all, &time| {
                all.join(&Times::of(time));
                all
            })
        };
        let sum: f64 = left.iter().flat_map(|&a| right.map(|b| lapse(a, b, 3.0))).sum();
        assert!((all(left).lapse(&all(right), 3.0) - sum).abs() < 1e-9);
        assert_eq!(lapse(5.0, 8.0, 3.0), LAPSE);
    }
}
