//! Any bytes are a page: no panic, spans in order and inside the page, no code and no NUL in the text.
#![no_main]

use _core::cues::Cues;
use _core::html::model::Model;
use _core::html::{Input, Mode, Options, extract, in_characters};
use _core::text::Level;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let cue = |reason: &str, phrase: &str| ("en".to_string(), reason.to_string(), phrase.to_string());
    let cues = Cues::new(vec![cue("related", "also read"), cue("promo", "… follow us"), cue("ad", "advertisement")]);
    let Ok(cues) = cues else { return };
    for (mode, markdown, level) in [(Mode::Body, false, Some(Level::Normal)), (Mode::Full, true, None)] {
        let options = Options { mode, markdown, level, model: Model::built_in() };
        let input = Input { bytes, url: "https://a.example/b", encoding: "", selected: &[] };
        let mut article = extract(input, &cues, &options);
        assert!(!article.text.contains('\0'));
        let mut last = 0;
        for span in &article.removed {
            assert!(last <= span.start && span.start <= span.end && span.end <= article.source.len());
            assert!(article.source.is_char_boundary(span.start) && article.source.is_char_boundary(span.end));
            last = span.start;
        }
        in_characters(&article.source, &mut article.removed);
    }
});
