//! Any bytes are JSON lines: no panic, every line is a row or refused, and the number of batches changes neither.
#![no_main]

use std::sync::LazyLock;

use _core::jsonl::{Batch, FieldNames, parse};
use libfuzzer_sys::fuzz_target;

static NAMES: LazyLock<FieldNames> = LazyLock::new(|| {
    let roles: [(&str, &[&str]); 7] = [
        ("id", &["id", "guid"]),
        ("text", &["text", "body"]),
        ("html", &["html"]),
        ("title", &["title"]),
        ("url", &["url"]),
        ("date", &["date"]),
        ("lang", &["lang"]),
    ];
    let named =
        |(role, names): (&str, &[&str])| (role.to_string(), names.iter().map(|name| name.to_string()).collect());
    FieldNames::new(roles.map(named).into()).expect("names")
});

/// The lines that became rows, and those that were refused.
fn lines(batches: &[Batch]) -> (Vec<i64>, Vec<i64>) {
    let rows = batches.iter().flat_map(|batch| batch.lines.iter().copied());
    (rows.collect(), batches.iter().flat_map(|batch| batch.refused.lines.iter().copied()).collect())
}

fuzz_target!(|bytes: &[u8]| {
    let one = parse(bytes, &NAMES, 1, 1 << 16, 1);
    assert_eq!(lines(&one), lines(&parse(bytes, &NAMES, 1, 1 << 16, 3)));
    let refused = one.iter().flat_map(|batch| batch.refused.starts.iter().zip(&batch.refused.ends));
    let rows = one.iter().flat_map(|batch| batch.starts.iter().zip(&batch.ends));
    for (&start, &end) in refused.chain(rows) {
        assert!(0 <= start && start <= end && end as usize <= bytes.len());
    }
    let written = bytes.split(|&byte| byte == b'\n').filter(|line| !line.trim_ascii().is_empty()).count();
    let (rows, refused) = lines(&one);
    assert!(rows.len() + refused.len() <= written);
});
