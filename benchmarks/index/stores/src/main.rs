//! The commits of the index on three stores: a batch is 100 documents of 200 random shingles, each looked up and added
//! under 27 keys, with one durable commit. Ours does the whole of `check_and_add` (it signs and verifies as well); the others
//! only get the keys and the bytes. `stores FOLDER DOCUMENTS [redb|fjall|ours]` prints one JSON line a store.

use std::collections::BTreeMap;
use std::hint::black_box;
use std::path::Path;
use std::time::Instant;

const KEYS: u64 = 27;
const BATCH: u64 = 100;
const BYTES: usize = 740;

fn mixed(at: u64) -> u64 {
    let mut z = at.wrapping_mul(0x9e37_79b9_7f4a_7c15);
    z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    z ^ (z >> 31)
}

fn entry(document: u64, key: u64) -> [u8; 9] {
    let mut bytes = [0; 9];
    bytes[..5].copy_from_slice(&mixed(document * KEYS + key).to_be_bytes()[..5]);
    bytes[5..].copy_from_slice(&(document as u32).to_be_bytes());
    bytes
}

fn value(document: u64) -> Vec<u8> {
    (0..BYTES as u64 / 8 + 1).flat_map(|at| mixed(document << 16 | at).to_le_bytes()).take(BYTES).collect()
}

/// Adds documents batch by batch; the last `timed` of them are timed.
fn measure(name: &str, documents: u64, timed: u64, folder: &Path, mut add: impl FnMut(std::ops::Range<u64>, bool)) {
    let mut at = 0;
    let begun = Instant::now();
    while at < documents {
        add(at..at + 10 * BATCH, false);
        at += 10 * BATCH;
    }
    let filled = begun.elapsed().as_secs_f64();
    let written = written_bytes();
    let mut times = Vec::new();
    let begun = Instant::now();
    while at < documents + timed {
        let batch = Instant::now();
        add(at..at + BATCH, true);
        times.push(batch.elapsed().as_secs_f64());
        at += BATCH;
    }
    let seconds = begun.elapsed().as_secs_f64();
    times.sort_by(f64::total_cmp);
    let rate = timed as f64 / seconds;
    let amplification = (written_bytes() - written) as f64 / timed as f64;
    println!(
        "{{\"store\":\"{name}\",\"documents\":{documents},\"filled_seconds\":{filled:.1},\"documents_a_second\":{rate:.0},\"batch_ms_median\":{:.2},\"batch_ms_p99\":{:.2},\"bytes_written_a_document\":{amplification:.0},\"bytes_on_disk_a_document\":{:.0}}}",
        times[times.len() / 2] * 1e3,
        times[times.len() * 99 / 100] * 1e3,
        size(folder) as f64 / at as f64
    );
}

fn written_bytes() -> u64 {
    let io = std::fs::read_to_string("/proc/self/io").unwrap_or_default();
    let fields: BTreeMap<&str, &str> = io.lines().filter_map(|line| line.split_once(": ")).collect();
    fields.get("write_bytes").and_then(|bytes| bytes.parse().ok()).unwrap_or(0)
}

fn size(folder: &Path) -> u64 {
    let entries = std::fs::read_dir(folder).into_iter().flatten().flatten();
    entries.map(|entry| if entry.path().is_dir() { size(&entry.path()) } else { entry.metadata().map_or(0, |m| m.len()) }).sum()
}

fn redb(folder: &Path, documents: u64, timed: u64) -> Result<(), Box<dyn std::error::Error>> {
    use redb::{ReadableTable, TableDefinition};
    const ENTRIES: TableDefinition<&[u8], ()> = TableDefinition::new("entries");
    const DOCUMENTS: TableDefinition<u64, &[u8]> = TableDefinition::new("documents");
    let database = redb::Database::create(folder.join("redb"))?;
    measure("redb 4", documents, timed, folder, |range, durable| {
        let mut transaction = database.begin_write().unwrap();
        if !durable {
            transaction.set_durability(redb::Durability::None).unwrap();
        }
        {
            let mut entries = transaction.open_table(ENTRIES).unwrap();
            let mut table = transaction.open_table(DOCUMENTS).unwrap();
            for document in range {
                for key in 0..KEYS {
                    let entry = entry(document, key);
                    let mut end = entry;
                    end[5..].fill(0xff);
                    let mut start = entry;
                    start[5..].fill(0);
                    black_box(durable && entries.range(&start[..]..=&end[..]).unwrap().next().is_some());
                    entries.insert(&entry[..], ()).unwrap();
                }
                table.insert(document, &value(document)[..]).unwrap();
            }
        }
        transaction.commit().unwrap();
    });
    Ok(())
}

fn fjall(folder: &Path, documents: u64, timed: u64) -> Result<(), Box<dyn std::error::Error>> {
    use fjall::KeyspaceCreateOptions;
    let database = fjall::Database::builder(folder.join("fjall")).open()?;
    let entries = database.keyspace("entries", KeyspaceCreateOptions::default)?;
    let table = database.keyspace("documents", KeyspaceCreateOptions::default)?;
    measure("fjall 3", documents, timed, folder, |range, durable| {
        let mut batch = database.batch();
        for document in range {
            for key in 0..KEYS {
                let entry = entry(document, key);
                black_box(durable && entries.prefix(&entry[..5]).next().is_some());
                batch.insert(&entries, entry, []);
            }
            batch.insert(&table, document.to_be_bytes(), value(document));
        }
        batch.commit().unwrap();
        if durable {
            database.persist(fjall::PersistMode::SyncData).unwrap();
        }
    });
    Ok(())
}

fn ours(folder: &Path, documents: u64, timed: u64) -> Result<(), Box<dyn std::error::Error>> {
    use ::_core::index::{Index, Settings, create};
    let odd: Vec<u32> = (1..129).map(|at| mixed(at) as u32 | 1).collect();
    let settings = Settings {
        shape: ::_core::shingles::Shape { mode: ::_core::tokens::Mode::Auto, word: 5, char: 5 },
        permutations: ::_core::minhash::Permutations::new(&odd, &odd)?,
        bands: 25,
        rows: 5,
        min_matches: 80,
        max_bucket: 1000,
        threshold: 0.8,
    };
    let path = folder.join("ours");
    create(&path, "{}")?;
    let mut index = Index::open(&path, settings, true)?;
    measure("ours", documents, timed, folder, |range, durable| {
        let ids: Vec<String> = range.clone().map(|document| format!("https://news.example/{document:012}/an-article-about-it")).collect();
        let prints: Vec<_> = range
            .map(|document| {
                let shingles = (0..200).map(|at| mixed(document << 16 | at) as u32).collect();
                index.fingerprint_of([document + 1, 7], shingles, vec![]).unwrap()
            })
            .collect();
        let batch = ids.iter().map(String::as_str).zip(&prints).map(|pair| (pair, 0));
        let (matches, _) = index.add_all(batch, 0, durable).unwrap();
        assert!(matches.is_empty());
    });
    Ok(())
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let arguments: Vec<String> = std::env::args().collect();
    let [_, folder, documents, stores @ ..] = &arguments[..] else { return Err("stores FOLDER DOCUMENTS [STORE…]".into()) };
    let documents: u64 = documents.parse()?;
    let timed = documents.min(20_000);
    for (name, run) in [("redb", redb as fn(&Path, u64, u64) -> _), ("fjall", fjall), ("ours", ours)] {
        if stores.is_empty() || stores.iter().any(|store| store == name) {
            let own = Path::new(folder).join(name);
            std::fs::create_dir_all(&own)?;
            run(&own, documents, timed)?;
            std::fs::remove_dir_all(own)?;
        }
    }
    Ok(())
}
