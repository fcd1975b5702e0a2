use super::*;

fn names() -> FieldNames {
    let entry = |role: &str, names: &[&str]| (role.to_owned(), names.iter().map(|&name| name.to_owned()).collect());
    FieldNames::new(vec![
        entry("id", &["id", "_id"]),
        entry("text", &["text", "body"]),
        entry("html", &["html"]),
        entry("title", &["title", "headline"]),
        entry("url", &["url"]),
        entry("date", &["date"]),
        entry("lang", &["lang"]),
    ])
    .unwrap()
}

fn texts(column: &TextColumn) -> Vec<&str> {
    column
        .offsets
        .windows(2)
        .map(|pair| std::str::from_utf8(&column.data[pair[0] as usize..pair[1] as usize]).unwrap())
        .collect()
}

fn parsed(chunk: &str) -> Batch {
    parse(chunk.as_bytes(), &names(), 1, 1 << 30, 1).remove(0)
}

fn cause(line: &str) -> String {
    let batch = parsed(line);
    assert!(batch.lines.is_empty(), "{line}");
    texts(&batch.refused.causes).concat()
}

#[test]
fn roles_extra_and_places() {
    let chunk = "\u{feff}{\"id\": 7, \"body\":\"\\u0915\\n\\\"\", \"x\" : [1, {\"y\": 2.50}], \"n\": null}\r\n\n \t\n{\"text\":[\"a\",\"b\"],\"html\":\"\"}";
    let batch = parsed(chunk);
    assert_eq!(texts(&batch.roles[0]), ["7", ""]);
    assert_eq!(texts(&batch.roles[TEXT]), ["क\n\"", "a\nb"]);
    assert_eq!(texts(&batch.extra), ["{\"x\" : [1, {\"y\": 2.50}], \"n\": null}", ""]);
    assert_eq!(batch.lines, [1, 4]);
    assert_eq!(batch.starts, [3, chunk.find("{\"text\"").unwrap() as i64]);
    assert_eq!((batch.has_text, batch.has_html), (vec![true, true], vec![false, true]));
}

#[test]
fn the_first_name_that_holds_something_wins() {
    for (line, text, extra) in [
        (r#"{"body":"b","text":"t"}"#, "t", r#"{"body":"b"}"#),
        (r#"{"text":"t","body":"b"}"#, "t", r#"{"body":"b"}"#),
        (r#"{"text":null,"body":"b"}"#, "b", r#"{"text":null}"#),
        (r#"{"text":5,"body":"b"}"#, "b", r#"{"text":5}"#),
        (r#"{"text":"","body":"b"}"#, "b", r#"{"text":""}"#),
        (r#"{"body":"b","text":[]}"#, "b", r#"{"text":[]}"#),
        (r#"{"body":"","text":""}"#, "", r#"{"body":""}"#),
        (r#"{"text":"a","body":"b","text":""}"#, "b", r#"{"text":""}"#),
        (r#"{"text":"a","text":"z"}"#, "z", ""),
        (r#"{"text":"a","text":null,"body":"b"}"#, "b", r#"{"text":null}"#),
        (r#"{"text":"a","k":1,"k":2,"text":["z","\n"],"text":"y"}"#, "y", r#"{"k":2}"#),
        (r#"{"te\u0078t":"t"}"#, "t", ""),
    ] {
        let batch = parsed(line);
        assert_eq!((texts(&batch.roles[TEXT]), texts(&batch.extra)), (vec![text], vec![extra]), "{line}");
    }
    let many: String = (0..100).map(|n| format!("\"k{}\":{n},", n % 60)).collect();
    let batch = parsed(&format!("{{{many}\"text\":\"\"}}"));
    assert_eq!(texts(&batch.extra)[0].matches(':').count(), 60);
    assert!(texts(&batch.extra)[0].starts_with("{\"k40\":40, "));
}

#[test]
fn lone_surrogates_are_replaced() {
    for (line, text) in [
        (r#"{"text":"\ud83d\ude00"}"#, "😀"),
        (r#"{"text":"a\ud83d"}"#, "a\u{fffd}"),
        (r#"{"text":"\ude00b"}"#, "\u{fffd}b"),
        (r#"{"text":"\ud83d\ud83d\ude00"}"#, "\u{fffd}😀"),
        (r#"{"text":"\ud83dabcdefgh"}"#, "\u{fffd}abcdefgh"),
        (r#"{"text":"\ud83d\n"}"#, "\u{fffd}\n"),
        (r#"{"text":"\ud83d","x":1}"#, "\u{fffd}"),
    ] {
        assert_eq!(texts(&parsed(line).roles[TEXT]), [text], "{line}");
    }
}

#[test]
fn what_is_no_row_is_refused_with_its_cause() {
    for (line, expected) in [
        ("not json", "not JSON: begins with \"not json\""),
        ("[1]", "a list rather than an object"),
        ("\"x\"", "a string rather than an object"),
        ("{\"text\":\"abc", "cut off"),
        ("{\"text\":\"abc\"", "cut off"),
        ("{\"text\":", "cut off"),
        ("{", "cut off"),
        ("{\"text\":\"a\"} x", "nothing after the object expected at byte 13"),
        ("{\"text\":\"a\",}", "a field name"),
        ("{,}", "a field name"),
        ("{text:1}", "a field name"),
        ("{\"text\" \"a\"}", "a colon"),
        ("{\"text\":\"a\" \"b\":1}", "a comma or }"),
        ("{\"x\":[1,]}", "a value"),
        ("{\"x\":[1 2]}", "a comma or ]"),
        ("{\"x\":{\"y\"}}", "a colon"),
        ("{\"x\":{1}}", "a field name"),
        ("{\"x\":NaN}", "a value"),
        ("{\"x\":01}", "invalid number"),
        ("{\"x\":1.}", "invalid number"),
        ("{\"x\":tru}", "literal"),
        ("{\"x\":\"\\q\"}", "invalid escape"),
        ("{\"x\":\"\\u12\", \"y\":\"z\"}", "code point"),
        ("{\"x\":[\"\\u12\",\"aaaa\"]}", "code point"),
        ("{\"x\":\"a\tb\"}", "control character"),
        ("{\"x\":\"a\u{0}b\"}", "control character"),
        ("\u{0}", "not JSON"),
        ("{\"text\":5}", "field \"text\" holds a number, and text is a string or a list of strings"),
        ("{\"text\":[1]}", "holds a list"),
        ("{\"html\":[\"a\"]}", "holds a list"),
        ("{\"text\":\"a\",\"lang\":{}}", "field \"lang\" holds an object"),
        ("{\"text\":\"a\",\"date\":true}", "holds true or false"),
    ] {
        let cause = cause(line);
        assert!(cause.contains(expected), "{line}: {cause}");
    }
    assert_eq!(parsed("{\"text\":\"a\",\"id\":[1]}").lines, [1]);
}

#[test]
fn broken_utf8_spoils_only_its_line() {
    let batch = parse(b"{\"text\":\"a\"}\n{\"text\":\"\xff\"}\n{\"text\":\"b\"}\n", &names(), 10, 1000, 1).remove(0);
    assert_eq!(texts(&batch.roles[TEXT]), ["a", "b"]);
    assert_eq!(batch.lines, [10, 12]);
    assert_eq!((batch.refused.lines, batch.refused.starts, batch.refused.ends), (vec![11], vec![13], vec![25]));
    assert_eq!(texts(&batch.refused.causes), ["invalid UTF-8 at byte 9; write the file as UTF-8"]);
}

#[test]
fn a_refused_line_leaves_no_trace() {
    let batch = parsed(
        "{\"id\":\"1\",\"text\":\"a\"}\n{\"id\":\"2\",\"text\":\"b\",\"x\":1,}\n{\"id\":\"3\",\"text\":\"c\"}\n",
    );
    assert_eq!((texts(&batch.roles[0]), texts(&batch.roles[TEXT])), (vec!["1", "3"], vec!["a", "c"]));
    assert_eq!(texts(&batch.extra), ["", ""]);
}

#[test]
fn deep_nesting_does_not_overflow() {
    for (open, close) in [("[", "]"), ("{\"a\":", "}")] {
        let deep = |depth: usize, value: &str| {
            format!("{{\"text\":\"a\",\"x\":{}{value}{}}}", open.repeat(depth), close.repeat(depth))
        };
        assert!(cause(&deep(100_000, "1")).contains("nested more than 256 deep"));
        assert!(cause(&deep(100_000, "1").replace(close, "")).contains("nested more than 256 deep"));
        assert_eq!(parsed(&deep(256, "1")).lines, [1]);
        assert_eq!(parsed(&deep(255, "[]")).lines, [1]);
        assert!(cause(&deep(257, "1")).contains("nested"));
    }
    assert!(cause(&format!("{{\"text\":{}", "[".repeat(100_000))).contains("nested"));
}

#[test]
fn a_line_that_is_too_long_is_refused() {
    let long = format!("{{\"text\":\"{}\"}}", "a".repeat(100));
    let batch = parse(format!("{long}\n{{\"text\":\"b\"}}").as_bytes(), &names(), 1, 50, 1).remove(0);
    assert_eq!(batch.lines, [2]);
    assert!(texts(&batch.refused.causes)[0].contains("line of 111 bytes is longer than max_bytes = 50"));
}

#[test]
fn threads_change_nothing() {
    let mut chunk = String::new();
    for row in 0..20_000 {
        match row % 97 {
            0 => chunk.push_str("broken\n"),
            1 => chunk.push_str("\r\n"),
            _ => chunk += &format!("{{\"id\":{row},\"text\":\"{}\",\"x\":{row}}}\n", "पाठ ".repeat(row % 50)),
        }
    }
    assert!(chunk.len() > 3 * PART_BYTES);
    let whole = parse(chunk.as_bytes(), &names(), 1, 1 << 20, 1).remove(0);
    let batches = parse(chunk.as_bytes(), &names(), 1, 1 << 20, 3);
    assert_eq!(batches.len(), 3);
    assert_eq!(batches.iter().map(|batch| batch.line_count).sum::<i64>(), whole.line_count);
    let all = |of: fn(&Batch) -> &Vec<i64>| batches.iter().flat_map(of).copied().collect::<Vec<_>>();
    assert_eq!(all(|batch| &batch.lines), whole.lines);
    assert_eq!(all(|batch| &batch.starts), whole.starts);
    assert_eq!(all(|batch| &batch.ends), whole.ends);
    assert_eq!(all(|batch| &batch.refused.lines), whole.refused.lines);
    assert_eq!(all(|batch| &batch.refused.ends), whole.refused.ends);
    let text = |batch: &Batch| batch.roles[TEXT].data.clone();
    assert_eq!(batches.iter().flat_map(text).collect::<Vec<_>>(), whole.roles[TEXT].data);
}

#[test]
fn an_unknown_role_is_an_argument_error() {
    assert!(matches!(FieldNames::new(vec![("body".into(), vec![])]), Err(Error::Argument(_))));
}
