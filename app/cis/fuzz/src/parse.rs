//! One text: whatever it is, what is said of it holds together.

use cis::{
    Hint, Lang, MarkingCode, Outcome, Parsed, ProductGroup, RefusalKind, RemarkKind, Verdict,
};

/// Reads the bytes in every way there is for one text, and panics where a promise is broken.
pub fn parse(bytes: &[u8]) {
    let checked = cis::check(bytes);
    let Ok(text) = str::from_utf8(bytes) else {
        assert!(checked.is_err(), "a code is ASCII");
        return;
    };
    let parsed = cis::parse(text);
    if let Ok(canonical) = checked {
        // As it stands it is a code; whether that is what was meant may have to be asked.
        assert_eq!(canonical.as_str(), text);
        canonical_code(&canonical.to_code());
        let glued = |refusal: &cis::Refusal| matches!(refusal.kind(), RefusalKind::Glued { .. });
        match &parsed.verdict {
            // A second code inside the first one's signature is no chance.
            Verdict::Refused(refusal) => assert!(glued(refusal), "check accepts it"),
            verdict => assert!(!matches!(verdict, Verdict::NotACode(_)), "check accepts it"),
        }
    }
    if parsed.outcome() == Outcome::Valid {
        let strange =
            |remark: &cis::Remark| matches!(remark.kind(), RemarkKind::OutsideCset82 { .. });
        assert!(
            checked.is_ok() || parsed.remarks.iter().any(strange),
            "check refuses it"
        );
    }
    holds_together(text, &parsed);

    // A hint chooses between readings; it makes no code of what has none, and no other code of what is one.
    let group = bytes.iter().fold(0_usize, |sum, byte| {
        sum.wrapping_mul(31).wrapping_add(usize::from(*byte))
    });
    let group = ProductGroup::ALL[group % ProductGroup::ALL.len()];
    let gtin = codes(&parsed).first().and_then(|code| code.gtin());
    let hints = [
        Hint {
            group: Some(group),
            ..Hint::default()
        },
        Hint {
            gtin,
            ..Hint::default()
        },
        Hint {
            caps_lock: true,
            ..Hint::default()
        },
    ];
    for hint in hints {
        let hinted = cis::parse_with(text, &hint);
        holds_together(text, &hinted);
        if hint.caps_lock {
            continue;
        }
        if let (Some(code), Some(plain)) = (hinted.code(), parsed.code()) {
            assert_eq!(code, plain, "{hint:?} makes another code of it");
        }
        if let (Some(code), Verdict::Ambiguous(question)) = (hinted.code(), &parsed.verdict) {
            let known = question
                .readings()
                .iter()
                .any(|reading| reading.code() == code);
            assert!(known, "{hint:?} makes a code that was no reading");
        }
    }
}

/// Every code that the text may stand for.
fn codes(parsed: &Parsed) -> Vec<&MarkingCode> {
    match &parsed.verdict {
        Verdict::Code(code) => vec![code],
        Verdict::Ambiguous(question) => {
            question.readings().iter().map(cis::Reading::code).collect()
        }
        Verdict::Refused(_) | Verdict::NotACode(_) => Vec::new(),
    }
}

fn holds_together(text: &str, parsed: &Parsed) {
    let length = text.chars().count();
    let given = |position: Option<usize>| {
        assert!(
            position.is_none_or(|at| at <= length),
            "{position:?} of {length}"
        );
    };
    given(parsed.position());
    for repair in &parsed.repairs {
        given(repair.position());
        assert_ne!(repair.was(), repair.became(), "{}", repair.step().as_str());
    }
    for lang in [Lang::Ru, Lang::En] {
        let reason = parsed.reason(lang);
        assert_eq!(reason.is_none(), parsed.code().is_some());
        assert!(reason.is_none_or(|reason| !reason.is_empty()));
        for repair in &parsed.repairs {
            assert!(!repair.message(lang).is_empty());
        }
        for remark in &parsed.remarks {
            assert!(!remark.message(lang).is_empty());
        }
    }
    let logged = format!("{parsed:?}");
    match parsed.outcome() {
        Outcome::Valid => assert_eq!(parsed.code().unwrap().as_str(), text),
        Outcome::Repaired => assert_ne!(parsed.code().unwrap().as_str(), text),
        Outcome::Ambiguous => assert!(!codes(parsed).is_empty()),
        Outcome::Refused | Outcome::NotACode => {}
    }
    for code in codes(parsed) {
        canonical_code(code);
        is_fixed_point(code);
        if let Some(tail) = code.tail().filter(|tail| tail.len() > 8) {
            assert!(!logged.contains(tail), "the tail is in {logged}");
        }
    }
}

/// Reading a code again gives the same code.
fn is_fixed_point(code: &MarkingCode) {
    let again = cis::parse(code.as_str());
    match &again.verdict {
        Verdict::Code(same) => {
            assert_eq!(same, code);
            assert_eq!(
                again.outcome(),
                Outcome::Valid,
                "{:?} of a canonical code",
                again.repairs
            );
        }
        // Only a person or a hint can have chosen it before.
        Verdict::Ambiguous(question) => {
            let mut readings = question.readings().iter();
            assert!(
                readings.any(|reading| reading.code() == code),
                "{code:?} is no reading of itself"
            );
        }
        verdict => panic!("a canonical code is read as {verdict:?}"),
    }
}

/// A code is in its one form.
fn canonical_code(code: &MarkingCode) {
    let text = code.as_str();
    assert!(!text.is_empty() && text.len() <= cis::MAX_LENGTH);
    assert!(
        text.bytes()
            .all(|byte| byte.is_ascii_graphic() || byte == 0x1d)
    );
    assert!(
        !text.starts_with(cis::GS) && !text.ends_with(cis::GS) && !text.contains("\u{1d}\u{1d}")
    );

    let ki = code.ki();
    assert!(!ki.as_str().contains(cis::GS));
    let mut rebuilt = String::new();
    for element in code.elements() {
        if rebuilt.len() < element.range().start {
            rebuilt.push(cis::GS);
        }
        assert_eq!(rebuilt.len(), element.range().start);
        rebuilt.push_str(element.ai());
        rebuilt.push_str(element.value());
    }
    assert!(
        rebuilt.is_empty() || rebuilt == text,
        "{rebuilt:?} of {text:?}"
    );
    assert_eq!(code.has_tail(), code.tail().is_some());
    assert!(!code.groups().is_empty() || code.kind() == cis::Kind::TransportPackage);
    let _ = (
        code.gtin(),
        code.serial(),
        code.maximum_retail_price(),
        code.market_form(),
    );
}
