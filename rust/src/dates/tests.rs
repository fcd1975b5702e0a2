use super::*;

fn same(text: &str, iso: &str) {
    assert_eq!(parse(text).as_deref(), Some(iso), "{text}");
}

#[test]
fn iso_and_its_kin() {
    for text in [
        "2022-08-15T07:40:00+05:30",
        "2022-08-15 07:40:00+0530",
        "2022-08-15T07:40+05:30",
        "20220815T074000+0530",
        "2022-08-15T07:40:00.123456+05:30",
    ] {
        same(text, "2022-08-15T07:40:00+05:30");
    }
    for text in [
        "2022-08-15",
        "2022/8/15",
        "2022.08.15",
        "20220815",
        "15.08.2022",
        "15/08/2022",
        "08/15/2022",
        "15-08-2022",
        "15. 8. 2022",
    ] {
        same(text, "2022-08-15");
    }
    same("2022-08-15T07:40:00Z", "2022-08-15T07:40:00+00:00");
    same("2022-08-15T07:40:00", "2022-08-15T07:40:00");
    same("2022-08-15T07:40:00-05:00", "2022-08-15T07:40:00-05:00");
    same("20220815074000", "2022-08-15T07:40:00");
    same("2022-08-15T07:40:00+05:30[Asia/Kolkata]", "2022-08-15T07:40:00+05:30");
    same("08/08/2022", "2022-08-08");
}

#[test]
fn mail_and_programs() {
    same("Mon, 15 Aug 2022 07:40:00 +0530", "2022-08-15T07:40:00+05:30");
    same("Mon, 15 Aug 2022 07:40:00 GMT", "2022-08-15T07:40:00+00:00");
    same("Mon, 15 Aug 2022 07:40:00 EST", "2022-08-15T07:40:00-05:00");
    same("Mon Aug 15 2022 07:40:00 GMT+0530 (India Standard Time)", "2022-08-15T07:40:00+05:30");
    same("Mon Aug 15 07:40:00 IST 2022", "2022-08-15T07:40:00+05:30");
    same("1660529400", "2022-08-15T02:10:00+00:00");
    same("1660529400123", "2022-08-15T02:10:00+00:00");
}

#[test]
fn as_newspapers_write() {
    for text in [
        "August 15, 2022 07:40 IST",
        "Aug 15, 2022, 7:40 AM IST",
        "15 Aug 2022 at 07:40 (IST)",
        "Monday, 15th August 2022, 7.40 a.m. IST",
        "07:40 IST, Aug 15, 2022",
        "15 अगस्त 2022, 07:40 IST",
    ] {
        same(text, "2022-08-15T07:40:00+05:30");
    }
    for text in [
        "15 Aug 2022, 7:40 PM",
        "१५ अगस्त २०२२, शाम ७:४० बजे",
        "15 August 2022 1940 hrs".replace(" 1940 hrs", ", 19:40 hrs").as_str(),
        "15 Aug, 2022 | 07:40 PM",
    ] {
        same(text, "2022-08-15T19:40:00");
    }
    for text in [
        "15 अगस्त 2022",
        "१५ अगस्त, २०२२",
        "सोमवार, 15 अगस्त 2022",
        "15 ऑगस्ट 2022",
        "১৫ আগস্ট ২০২২",
        "ஆகஸ்ட் 15, 2022",
        "15 ఆగస్టు 2022",
        "૧૫ ઓગસ્ટ ૨૦૨૨",
        "15 ಆಗಸ್ಟ್ 2022",
        "15 ഓഗസ്റ്റ് 2022",
        "2022 ഓഗസ്റ്റ് 15",
        "15 ਅਗਸਤ 2022",
        "୧୫ ଅଗଷ୍ଟ ୨୦୨୨",
        "15 اگست 2022",
        "۱۵ اگست، ۲۰۲۲ء",
        "अगस्ट 15, 2022",
        "15. August 2022",
        "15 août 2022",
        "15 de agosto de 2022",
        "15 августа 2022",
        "15-Aug-2022",
        "2022年8月15日",
        "15 AUG 2022",
        "15 Aug\n\t2022",
    ] {
        same(text, "2022-08-15");
    }
    same("15 अगस्त, 2022 07:40 AM", "2022-08-15T07:40:00");
    same("1 जन 2022", "2022-01-01");
}

#[test]
fn nothing_is_guessed() {
    for text in [
        "",
        " ",
        "05/08/2022",
        "5-8-2022",
        "15/08/22",
        "30 फरवरी 2022",
        "29 Feb 2023",
        "2022-13-01",
        "2022-08",
        "August 2022",
        "15 August",
        "31.04.2022",
        "2022-08-15T25:00:00",
        "15 Aug 2022 13:99",
        "0001-01-01T00:00:00Z",
        "2079-05-12",
        "123456",
        "9999999999",
        "0000000000",
        "yesterday",
        "2 hours ago",
        "15 Aug 2022 was a Monday",
        "Updated soon",
        "1.2.3.2022",
        "192.168.15.8.2022",
        "15 Aug 2022 16 Aug 2022",
        "15:40 AM 15 Aug 2022",
        "15 August 1830 hrs",
        "कल",
        "\u{0}",
        "99999999999999999999999999",
    ] {
        assert_eq!(parse(text), None, "{text}");
    }
    assert_eq!(parse(&"15 Aug 2022 ".repeat(50)), None);
}

#[test]
fn days_since_the_epoch() {
    assert_eq!(days("1970-01-01"), Some(0.0));
    assert_eq!(days("1970-01-02T12:00:00Z"), Some(1.5));
    assert_eq!(days("2022-08-15T05:30:00+05:30"), Some(19219.0));
    assert_eq!(days("1969-12-31"), Some(-1.0));
    assert_eq!(days("2000-02-29"), Some(11016.0));
    assert_eq!(days(""), None);
}

#[test]
fn datelines() {
    use DatelineKind::*;
    let cases = [
        (
            "एक शीर्षक\nUpdated: August 15, 2022 07:40 IST\nपाठ शुरू",
            "Updated: August 15, 2022 07:40 IST",
            "2022-08-15T07:40:00+05:30",
            Updated,
        ),
        ("प्रकाशित: 15 अगस्त 2022\nपाठ", "प्रकाशित: 15 अगस्त 2022", "2022-08-15", Published),
        ("Published on 15 August 2022\n", "Published on 15 August 2022", "2022-08-15", Published),
        (
            "By A Reporter | Updated: August 15, 2022 07:40 IST",
            "Updated: August 15, 2022 07:40 IST",
            "2022-08-15T07:40:00+05:30",
            Updated,
        ),
        (
            "Edited By: किसी का नाम | Published: 15 Aug 2022, 07:40 AM | Updated: 16 Aug 2022, 09:00 AM",
            "Published: 15 Aug 2022, 07:40 AM",
            "2022-08-15T07:40:00",
            Published,
        ),
        (
            "Last Updated : 16 Aug 2022\nFirst Published : 15 Aug 2022",
            "First Published : 15 Aug 2022",
            "2022-08-15",
            Published,
        ),
        ("दिल्ली\nअपडेटेड 15 अगस्त, 2022, 07:40 PM", "अपडेटेड 15 अगस्त, 2022, 07:40 PM", "2022-08-15T19:40:00", Updated),
        (
            "Published by: नाम उपनाम Updated Mon, 15 Aug 2022 07:40 AM IST",
            "Updated Mon, 15 Aug 2022 07:40 AM IST",
            "2022-08-15T07:40:00+05:30",
            Updated,
        ),
        (
            "Posted On: 15 AUG 2022 7:40PM by PIB Delhi",
            "Posted On: 15 AUG 2022 7:40PM",
            "2022-08-15T19:40:00",
            Published,
        ),
        ("शीर्षक\n15 अगस्त 2022, 07:40 AM IST\nपाठ", "15 अगस्त 2022, 07:40 AM IST", "2022-08-15T07:40:00+05:30", Bare),
        ("नई दिल्ली | Monday, 15 August 2022 | 5 min read", "Monday, 15 August 2022", "2022-08-15", Bare),
        ("Updated:\nAugust 15, 2022\nText", "Updated:\nAugust 15, 2022", "2022-08-15", Updated),
        ("प्रकाशित तिथि: १५ अगस्त २०२२", "प्रकाशित तिथि: १५ अगस्त २०२२", "2022-08-15", Published),
    ];
    for (text, span, published, kind) in cases {
        let found = find_dateline(text).unwrap_or_else(|| panic!("{text}"));
        assert_eq!(
            (&text[found.start..found.end], found.published.as_str(), found.kind),
            (span, published, kind),
            "{text}"
        );
    }
}

#[test]
fn a_date_in_a_sentence_is_no_dateline() {
    for text in [
        "प्रधानमंत्री ने 15 अगस्त 2022 को लाल किले से भाषण दिया।",
        "The report was published on 15 August 2022 by the ministry and later withdrawn.",
        "15 अगस्त 2022 को देश ने 75वां स्वतंत्रता दिवस मनाया।",
        "15 August 2022\n16 August 2022\n17 August 2022\n",
        "Updated: 05/08/2022",
        "Updated: 15 Aug",
        "Published:",
        "1 दिसंबर, 2019 । इस दिन एक मेला लगा।",
        "9 मार्च\t1941\n",
        "",
    ] {
        assert_eq!(find_dateline(text), None, "{text}");
    }
    let late = format!("{}15 August 2022\n", "एक वाक्य।\n".repeat(30)) + &"एक और वाक्य।\n".repeat(30);
    assert_eq!(find_dateline(&late), None);
}

#[test]
fn a_labelled_date_may_close_the_text() {
    let text = format!("{}First Published: Aug 15, 2022 07:40 IST", "एक लंबा वाक्य जो चलता रहता है।\n".repeat(200));
    assert_eq!(find_dateline(&text).map(|found| found.published).as_deref(), Some("2022-08-15T07:40:00+05:30"));
}

#[test]
fn mentions_in_running_text() {
    let found = |text: &str| mentions(text).iter().map(|m| (m.year, m.month, m.day)).collect::<Vec<_>>();
    assert_eq!(found("यह 15 अगस्त को हुआ, फिर 2 अक्तूबर 2023 को।"), [(None, 8, 15), (Some(2023), 10, 2)]);
    assert_eq!(found("from 14 to 16 August 2022"), [(Some(2022), 8, 14), (Some(2022), 8, 16)]);
    assert_eq!(found("on August 15 and on 2022-08-17"), [(None, 8, 15), (Some(2022), 8, 17)]);
    assert_eq!(found("১৫ আগস্টের ঘটনা, 15 ऑगस्टला"), [(None, 8, 15), (None, 8, 15)]);
    assert_eq!(
        found("at least 15 may have died; G20 मई; 5 out of 2022; 2.5 अगस्त; May 5%; march 15; 32 अगस्त; 1 जन 5"),
        []
    );
    let text = "क 15 अगस्त ख";
    let mention = mentions(text)[0];
    assert_eq!(&text[mention.start..mention.end], "15 अगस्त");
}

#[test]
fn any_bytes_are_survived() {
    let pieces = [
        "15",
        "अगस्त",
        " ",
        "2022",
        ":",
        "-",
        "T",
        "07",
        "40",
        "+",
        "(",
        "IST",
        "Updated",
        "\n",
        "|",
        ",",
        ".",
        "1660529400",
        "PM",
        "年",
        "के",
        "\u{94d}",
        "😀",
        "th",
        "Aug",
    ];
    let mut next = crate::draws::draws(1);
    for _ in 0..20_000 {
        let mut text = String::new();
        for _ in 0..12 {
            text.push_str(pieces[next(pieces.len())]);
        }
        if let Some(iso) = parse(&text) {
            assert_eq!(parse(&iso).as_deref(), Some(iso.as_str()), "{text}");
            assert!(days(&iso).is_some());
        }
        for mention in mentions(&text) {
            assert!(text.get(mention.start..mention.end).is_some());
        }
        if let Some(found) = find_dateline(&text) {
            assert!(text.get(found.start..found.end).is_some());
        }
    }
}

#[test]
fn no_date_is_passed_over_for_a_word() {
    let pieces = [
        "15",
        "08",
        "2022",
        "15 August 2022",
        "2022-08-15",
        "Aug 15",
        "August",
        "अगस्त",
        "15 अगस्त 2022",
        "Monday",
        "सोमवार",
        "5:30",
        "10:30:05",
        "PM",
        "pm",
        "p.m",
        "p.m.",
        "a",
        "m",
        "IST",
        "GMT",
        "+0530",
        "बजे",
        "शाम",
        "रात",
        "दोपहर",
        "h",
        "Uhr",
        "th",
        "st",
        "T",
        "Z",
        "T074000",
        "hrs",
        "India Standard Time",
        "Asia/Kolkata",
        "at",
        "को",
        "घायल",
        "news",
        "года",
        "г",
        "ء",
        "日",
        "年",
        "月",
        "(",
        ")",
        "[",
        "]",
        ",",
        ".",
        ":",
        "-",
        "/",
        "|",
        "।",
        "\u{200d}",
        "é",
        "\u{a0}",
        "\t",
        "1660550400",
        "२०२२",
        "১৫ই",
    ];
    let mut next = crate::draws::draws(3);
    let mut found = 0;
    for _ in 0..400_000 {
        let text: String =
            (0..1 + next(6)).map(|_| [pieces[next(pieces.len())], ["", " "][next(2)]].concat()).collect();
        if parse(&text).is_some() {
            found += 1;
            assert!(may_end(&text) && may_be(&text), "{text:?}");
        }
    }
    assert!(found > 5_000, "{found}");
    assert!(!may_end("5 March 2024, 12 घायल") && !may_end("12 hurt") && !may_be("12 hurt, 5 March 2024"));
}
