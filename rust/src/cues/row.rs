//! Lines that are nothing but buttons and links.

use super::characters::{boundary, is_digit, is_word};
use super::keys::folded;
use super::{Cue, Cues, Form, Reach, STEM};
use crate::spans::Reason;

impl Cues {
    /// What a text is that is nothing but buttons and links one after another, glued or not: "Share Tweet Copy link", "Home | Log in".
    pub fn row(&self, text: &str) -> Option<Reason> {
        use Reason::*;
        let mut rest = text;
        let mut reasons = Vec::new();
        // one by one these are names too: "Facebook Messenger", "Live video"
        let mut certain = false;
        if text.starts_with(is_digit) {
            return None;
        }
        loop {
            rest = rest.trim_start_matches(|char| !is_word(char));
            if rest.is_empty() {
                let of =
                    |reason: &Reason| matches!(reason, Share | Comments | App | Newsletter | Header | Footer | Nav);
                return reasons
                    .iter()
                    .copied()
                    .find(of)
                    .filter(|_| reasons.len() >= 3 || certain && reasons.len() == 2);
            }
            // of glued ASCII names the sieve knows nothing
            let is_open = rest.starts_with(|char: char| is_digit(char) || char.is_ascii_alphabetic());
            if !is_open && self.heads.sieve.reach_of_all(rest) == Reach::Nothing {
                return None;
            }
            let mut longest = None;
            self.heads.walk(rest.char_indices(), |cue, at, last| {
                let end = at + last.len_utf8();
                let dropped = rest[end..].chars().take_while(|&char| folded(char).is_none()).map(char::len_utf8);
                let end = end + dropped.sum::<usize>();
                let Cue { form, reason, .. } = self.cues[cue];
                let button = matches!(form, Form::Alone | Form::Label)
                    && matches!(
                        reason,
                        Share | Comments | App | Newsletter | Header | Footer | Nav | Related | Promo | Copyright
                    );
                let next = rest[end..].chars().next();
                // "TwitterFacebook", "facebooktwitteremail"
                let glued =
                    last.is_lowercase() && next.is_some_and(char::is_uppercase) || reason == Share && end >= STEM;
                if button && (boundary(last, next) || glued) {
                    longest = Some((end, reason));
                }
            });
            match longest {
                Some((end, reason)) => {
                    reasons.push(reason);
                    certain |= rest[..end].contains(' ');
                    // a final anusvara, a joiner: signs that the keys leave out belong to the word before
                    rest = rest[end..].trim_start_matches(|char| folded(char).is_none());
                }
                // the number of shares, of comments
                None if rest.starts_with(is_digit) => rest = rest.trim_start_matches(is_digit),
                None => return None,
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::cues::tests::cues;

    #[test]
    fn a_row_is_nothing_but_buttons() {
        let cues = cues(&[
            ("share", "= फेसबुक पर शेयर करें"),
            ("share", "= ट्वीट करें"),
            ("share", "= Twitter"),
            ("share", "= Facebook"),
            ("comments", "Comments"),
            ("related", "= Latest"),
            ("related", "= Video"),
        ]);
        for text in [
            "फेसबुक पर शेयर करें ट्वीट करें",
            "TwitterFacebookComments",
            "twitterfacebooktwitter",
            "Twitter 12 | Facebook 3 Comments",
        ] {
            assert!(cues.row(text).is_some(), "{text}");
        }
        for text in [
            "",
            "12",
            "Twitter",
            "Twitter Facebook",
            "Twitter and Facebook Comments",
            "Latest Video",
            "फेसबुक पर शेयर करेंगे ट्वीट करें",
        ] {
            assert!(cues.row(text).is_none(), "{text}");
        }
    }
}
