//! The kernels of the hashing core: `cargo bench --bench hashing`. Text is made up, or the documents (separated by a zero byte)
//! of ../benchmarks/data/hi.txt and en.txt if `benchmarks/hashing/expand.py --plain` has written them.

use std::hint::black_box;
use std::time::Duration;

use _core::blocks::{Block, Task, engines, run_on};
use _core::lsh::{Banding, candidates};
use _core::minhash::{Permutations, Sign, Signer, Update};
use _core::shingles::{Shape, Shingler};
use _core::tokens::{Mode, Tokeniser, Units};
use _core::words::{from_words, near_beginnings};
use cpu_time::ThreadTime;
use criterion::measurement::{Measurement, ValueFormatter, WallTime};
use criterion::{BenchmarkId, Criterion, Throughput, criterion_group, criterion_main};
use unicode_normalization::char::is_combining_mark;
use xxhash_rust::xxh3::xxh3_64;

const SHAPE: Shape = Shape { mode: Mode::Auto, word: 5, char: 5 };
const NUM_PERM: usize = 128;

/// CPU time of the thread: what else runs on the machine counts little.
struct CpuTime;

impl Measurement for CpuTime {
    type Intermediate = ThreadTime;
    type Value = Duration;

    fn start(&self) -> ThreadTime {
        ThreadTime::now()
    }

    fn end(&self, start: ThreadTime) -> Duration {
        start.elapsed()
    }

    fn add(&self, one: &Duration, other: &Duration) -> Duration {
        *one + *other
    }

    fn zero(&self) -> Duration {
        Duration::ZERO
    }

    fn to_f64(&self, value: &Duration) -> f64 {
        value.as_nanos() as f64
    }

    fn formatter(&self) -> &dyn ValueFormatter {
        WallTime.formatter()
    }
}

/// splitmix64
struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    fn below(&mut self, bound: usize) -> usize {
        (self.next() >> 33) as usize % bound
    }
}

/// 4 MB of text by words of one to three syllables, 200 a document.
fn made_up(language: &str) -> Vec<String> {
    let (heads, tails, end) = match language {
        "hi" => ("कखगचजटडतदनपबमयरलवसह", ["", "ा", "ि", "े", "ो", "्य", "ों", "ैं"], "। "),
        _ => ("bcdfghlmnprstvw", ["a", "e", "i", "o", "ea", "er", "in", "on"], ". "),
    };
    let heads: Vec<char> = heads.chars().collect();
    let mut random = Random(1);
    let mut texts = vec![String::new()];
    let mut held = 0;
    let mut word = 0;
    while held < 4_000_000 {
        let text = texts.last_mut().unwrap();
        for _ in 0..[1, 1, 2, 2, 2, 3][random.below(6)] {
            text.push(heads[random.below(heads.len())]);
            text.push_str(tails[random.below(8)]);
        }
        word += 1;
        text.push_str(if word % 12 == 0 { end } else { " " });
        if word % 200 == 0 {
            held += text.len();
            texts.push(String::new());
        }
    }
    texts
}

fn texts(language: &str) -> Vec<String> {
    match std::fs::read_to_string(format!("../benchmarks/data/{language}.txt")) {
        Ok(all) => all.split('\0').map(str::to_owned).collect(),
        Err(_) => made_up(language),
    }
}

/// What anyone would write who wants no more than the words and their hashes: characters, a table of which are of words, xxh3.
fn plain_probe(texts: &[String], of_words: &[bool]) -> u64 {
    let mut sum = 0;
    for text in texts {
        let mut start = None;
        for (at, c) in text.char_indices() {
            match (start, of_words.get(c as usize).copied().unwrap_or_default()) {
                (None, true) => start = Some(at),
                (Some(from), false) => {
                    sum ^= xxh3_64(&text.as_bytes()[from..at]);
                    start = None;
                }
                _ => (),
            }
        }
        if let Some(from) = start {
            sum ^= xxh3_64(&text.as_bytes()[from..]);
        }
    }
    sum
}

struct Words<'a>(&'a mut Tokeniser, &'a mut Units, &'a [String]);

impl Task for Words<'_> {
    type Output = usize;

    #[inline(always)]
    unsafe fn run<B: Block>(self) -> usize {
        let mut count = 0;
        for text in self.2 {
            self.1.hashes.clear();
            let mut at = 0;
            while at < text.len() {
                at += unsafe { self.0.stretch::<B>(&text[at..], Mode::Auto, at == 0, false, self.1) };
            }
            count += self.1.hashes.len();
        }
        count
    }
}

fn permutations() -> Permutations {
    let mut random = Random(2);
    let mut values = || (0..NUM_PERM).map(|_| random.next() as u32 | 1).collect::<Vec<_>>();
    Permutations::new(&values(), &values()).unwrap()
}

fn text_to_signature(c: &mut Criterion<CpuTime>) {
    let of_words: Vec<bool> = (0..0x10000)
        .map(|code| {
            char::from_u32(code)
                .is_some_and(|c| c.is_alphanumeric() || is_combining_mark(c) || matches!(c, '\u{200c}' | '\u{200d}'))
        })
        .collect();
    let permutations = permutations();
    for language in ["hi", "en"] {
        let texts = texts(language);
        let mut group = c.benchmark_group(language);
        group.throughput(Throughput::Bytes(texts.iter().map(|text| text.len() as u64).sum()));
        group.bench_function("plain probe: words and hashes only", |b| b.iter(|| plain_probe(&texts, &of_words)));
        for &engine in engines() {
            let (mut tokeniser, mut units) = (Tokeniser::default(), Units::default());
            group.bench_function(BenchmarkId::new("words", format!("{engine:?}")), |b| {
                b.iter(|| run_on(engine, Words(&mut tokeniser, &mut units, &texts)));
            });
            let (mut signer, mut signature) = (Signer::default(), vec![0; NUM_PERM]);
            group.bench_function(BenchmarkId::new("signature", format!("{engine:?}")), |b| {
                b.iter(|| {
                    for text in &texts {
                        let (signer, permutations) = (&mut signer, &permutations);
                        black_box(run_on(
                            engine,
                            Sign { signer, text, shape: SHAPE, permutations, signature: &mut signature },
                        ));
                    }
                });
            });
        }
        let mut shingler = Shingler::default();
        group.bench_function("shingle sets", |b| {
            b.iter(|| texts.iter().map(|text| shingler.set(text, SHAPE).members.len()).sum::<usize>());
        });
        // text mode looks up the words of its lists there
        group.bench_function("beginnings of words, one by one", |b| {
            b.iter(|| texts.iter().flat_map(|text| from_words(text)).map(str::len).fold(0, |sum, len| sum ^ len));
        });
        group.bench_function("near beginnings of words", |b| {
            b.iter(|| {
                let mut sum = 0;
                texts.iter().for_each(|text| near_beginnings(text, |at| sum ^= at));
                sum
            });
        });
        group.finish();
    }
}

/// Fast Similarity Sketching (Dahlgaard, Knudsen and Thorup, FOCS 2017), tried and not taken: see benchmarks/METHOD.md.
fn fast_similarity_sketch(hashes: &[u32], multipliers: &[u64], sketch: &mut [u32; NUM_PERM]) {
    sketch.fill(u32::MAX);
    let mut filled = 0;
    for (round, multiplier) in multipliers.iter().enumerate() {
        for &hash in hashes {
            let mixed = (u64::from(hash) ^ 0x9e37_79b9_7f4a_7c15).wrapping_mul(*multiplier);
            let mixed = (mixed ^ mixed >> 32).wrapping_mul(0xd6e8_feb8_6659_fd93);
            let bin = if round < NUM_PERM { (mixed >> 57) as usize } else { round - NUM_PERM };
            filled += usize::from(sketch[bin] == u32::MAX);
            sketch[bin] = sketch[bin].min((round as u32) << 23 | mixed as u32 >> 9);
        }
        if filled == NUM_PERM {
            return;
        }
    }
}

fn hashes_to_signature(c: &mut Criterion<CpuTime>) {
    let permutations = permutations();
    let mut random = Random(3);
    let multipliers: Vec<u64> = (0..2 * NUM_PERM).map(|_| random.next() | 1).collect();
    for count in [20, 100, 300, 1000, 5000] {
        let hashes: Vec<u32> = (0..count).map(|_| random.next() as u32).collect();
        let mut group = c.benchmark_group(format!("{count} shingles"));
        group.throughput(Throughput::Elements(count));
        for &engine in engines() {
            let mut signature = vec![0; NUM_PERM];
            group.bench_function(BenchmarkId::new("minhash", format!("{engine:?}")), |b| {
                b.iter(|| {
                    let mut hashes = hashes.clone();
                    signature.fill(u32::MAX);
                    let (hashes, signature) = (&mut hashes[..], &mut signature[..]);
                    run_on(engine, Update { hashes, permutations: &permutations, signature });
                });
            });
        }
        let mut sketch = [0; NUM_PERM];
        group.bench_function("fast similarity sketching", |b| {
            b.iter(|| fast_similarity_sketch(black_box(&hashes), &multipliers, &mut sketch));
        });
        group.finish();
    }
}

fn signatures_to_pairs(c: &mut Criterion<CpuTime>) {
    let rows = 100_000;
    let mut random = Random(4);
    let mut signatures: Vec<u32> = (0..rows * NUM_PERM).map(|_| random.next() as u32).collect();
    for row in (1..rows).step_by(4) {
        let (before, own) = signatures.split_at_mut(row * NUM_PERM);
        own[..110].copy_from_slice(&before[(row - 1) * NUM_PERM..][..110]);
    }
    let identities: Vec<[u64; 2]> = (0..rows as u64).map(|row| [row, 0]).collect();
    let active: Vec<u32> = (0..rows as u32).collect();
    let banding = Banding { num_perm: NUM_PERM, bands: 25, rows: 5, min_matches: 86, max_bucket: 1000 };
    // One thread, so that its CPU time is all there is.
    let pool = rayon::ThreadPoolBuilder::new().num_threads(1).use_current_thread().build().unwrap();
    let mut group = c.benchmark_group("candidates");
    group.throughput(Throughput::Elements(rows as u64));
    group.bench_function("100,000 signatures", |b| {
        b.iter(|| pool.install(|| candidates(&signatures, &identities, &active, banding).unwrap().pairs.len()));
    });
    group.finish();
}

criterion_group!(
    name = benches;
    config = Criterion::default().with_measurement(CpuTime).sample_size(20);
    targets = text_to_signature, hashes_to_signature, signatures_to_pairs
);
criterion_main!(benches);
