//! Any bytes are JSON lines: no panic, every line is a row or refused, threads change nothing.
#![no_main]

use _core::jsonl::{FieldNames, parse};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let role = |role: &str, names: &[&str]| (role.to_string(), names.iter().map(|name| name.to_string()).collect());
    let names = FieldNames::new(vec![
        role("id", &["id", "guid"]),
        role("text", &["text", "body"]),
        role("html", &["html"]),
        role("title", &["title"]),
        role("url", &["url"]),
        role("date", &["date"]),
        role("lang", &["lang"]),
    ]);
    let Ok(names) = names else { return };
    let one = parse(bytes, &names, 1, 1 << 16, false);
    assert_eq!(one, parse(bytes, &names, 1, 1 << 16, true));
    assert_eq!(one.lines.len(), one.starts.len());
    for (&start, &end) in one.refused.starts.iter().zip(&one.refused.ends) {
        assert!(0 <= start && start <= end && end as usize <= bytes.len());
    }
    let lines = bytes.split(|&byte| byte == b'\n').filter(|line| !line.trim_ascii().is_empty()).count();
    assert!(one.lines.len() + one.refused.lines.len() <= lines);
});
