//! Any bytes are a page: no panic, spans in order and inside the page, no code and no NUL in the text.
#![no_main]

use std::sync::LazyLock;

use _core::cues::Cues;
use _core::html::canonical::compose;
use _core::html::model::Model;
use _core::html::segment::Selected;
use _core::html::{Input, Mode, Options, extract, in_characters};
use _core::text::Level;
use libfuzzer_sys::fuzz_target;

static CUES: LazyLock<Cues> = LazyLock::new(|| {
    let cue = |reason: &str, phrase: &str| ("en".to_string(), reason.to_string(), phrase.to_string());
    let entries = [
        ("related", "also read"),
        ("related", "यह भी पढ़ें"),
        ("promo", "… follow us"),
        ("ad", "advertisement"),
        ("caption", "Photo"),
        ("credit", "PTI"),
    ];
    Cues::new(entries.map(|(reason, phrase)| cue(reason, phrase)).into()).expect("cues")
});

fuzz_target!(|bytes: &[u8]| {
    // The first byte chooses places that a site rule names.
    let places = bytes.iter().enumerate().filter(|&(_, &byte)| byte == b'<').map(|(at, _)| at);
    let named = |at: usize| Selected { start: at, remove: at % 3 == 0 };
    let selected: Vec<Selected> =
        places.step_by(1 + bytes.first().map_or(0, |&byte| byte as usize % 7)).map(named).collect();
    let no_rule = bytes.first().is_none_or(|byte| byte % 2 == 0);
    let selected = if no_rule { &[] } else { selected.as_slice() };
    for (mode, markdown, level) in [
        (Mode::Body, false, Some(Level::Normal)),
        (Mode::Full, false, Some(Level::Aggressive)),
        (Mode::Full, true, None),
    ] {
        let options = Options { mode, markdown, level, model: Model::built_in() };
        let input = Input { bytes, url: "https://a.example/b", encoding: "", selected, recurring: None };
        let mut article = extract(input, &CUES, &options);
        assert!(!article.text.contains('\0'));
        let kept = article.kept.iter().map(|(place, ..)| place);
        let removed = article.removed.iter().map(|(place, ..)| place);
        for spans in [kept.collect::<Vec<_>>(), removed.collect()] {
            let mut last = 0;
            for place in spans {
                assert!(last <= place.start && place.start <= place.end && article.source.get(place.clone()).is_some());
                last = place.start;
            }
        }
        if !markdown {
            // Of "word (cut)." the stop follows the word; two spans are two all the same.
            let close = |parts: &mut dyn Iterator<Item = &str>| {
                let mut text: String = parts.flat_map(str::split_whitespace).collect();
                compose(&mut text);
                text
            };
            let kept = close(&mut article.kept.iter().map(|(.., text)| text));
            assert_eq!(kept, close(&mut std::iter::once(article.text.as_str())));
        }
        in_characters(&mut article);
    }
});
