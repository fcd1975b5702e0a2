//! Any text is stripped: no panic, cuts in order and inside the text, their words those of the text, twice is once.
#![no_main]

use std::sync::LazyLock;

use _core::cues::Cues;
use _core::text::{Context, Level, strip};
use libfuzzer_sys::fuzz_target;

static CUES: LazyLock<Cues> = LazyLock::new(|| {
    let cue =
        |language: &str, reason: &str, phrase: &str| (language.to_string(), reason.to_string(), phrase.to_string());
    let entries = vec![
        cue("en", "related", "also read"),
        cue("en", "promo", "… follow us on"),
        cue("en", "ad", "advertisement"),
        cue("en", "credit", "PTI"),
        cue("en", "share", "= share"),
        cue("hi", "related", "यह भी पढ़ें"),
        cue("hi", "promo", "… @ … फॉलो करें"),
        cue("hi", "platform", "फेसबुक"),
        cue("hi", "tags", "टैग"),
    ];
    Cues::new(entries).expect("cues")
});

fuzz_target!(|given: (&str, &str, u8)| {
    let (text, title, choice) = given;
    let (level, paragraphs) = (choice % 3, choice >= 128);
    let level = [Level::Gentle, Level::Normal, Level::Aggressive][level as usize];
    let context = Context { cues: &CUES, level, title, paragraphs };
    let once = strip(text, context);
    let mut last = 0;
    for cut in &once.removed {
        assert!(last <= cut.start && cut.start <= cut.end);
        assert!(text.get(cut.start..cut.end).is_some());
        last = cut.end;
    }
    let again = strip(&once.text, Context { title: &once.title, ..context });
    assert_eq!(once.text, again.text);
});
