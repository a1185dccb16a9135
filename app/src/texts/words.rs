//! The language of the page, plurals, numbers and dates as people say them.

use cis::Lang;
use desk::time::When;
use leptos::prelude::use_context;

/// The language of the page being drawn; Russian where nobody said.
pub(crate) fn lang() -> Lang {
    use_context::<Lang>().unwrap_or(Lang::Ru)
}

/// The Russian form of a noun beside a number: 1 код, 2 кода, 5 кодов, 11 кодов, 21 код.
pub(crate) const fn plural<'a>(n: u32, one: &'a str, few: &'a str, many: &'a str) -> &'a str {
    match (n % 10, n % 100) {
        (_, 11..=14) => many,
        (1, _) => one,
        (2..=4, _) => few,
        _ => many,
    }
}

/// A number with thin spaces between thousands.
pub(crate) fn number(n: u32) -> String {
    let digits = n.to_string();
    let mut out = String::with_capacity(digits.len() + 3);
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            out.push('\u{2009}');
        }
        out.push(digit);
    }
    out
}

const MONTHS_RU: [&str; 12] = [
    "января",
    "февраля",
    "марта",
    "апреля",
    "мая",
    "июня",
    "июля",
    "августа",
    "сентября",
    "октября",
    "ноября",
    "декабря",
];
const MONTHS_EN: [&str; 12] = [
    "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
];

fn date(when: &When, lang: Lang) -> String {
    let index = usize::from(when.month.saturating_sub(1));
    match lang {
        Lang::Ru => format!(
            "{} {}",
            when.day,
            MONTHS_RU.get(index).copied().unwrap_or_default()
        ),
        Lang::En => format!(
            "{} {}",
            when.day,
            MONTHS_EN.get(index).copied().unwrap_or_default()
        ),
    }
}

/// A moment as people say it: «через 40 мин», «сегодня, 18:00», «завтра», «26 ноября».
pub(crate) fn when(when: &When, lang: Lang) -> String {
    if when.timed && (1..60).contains(&when.minutes_ahead) {
        return match lang {
            Lang::Ru => format!("через {} мин", when.minutes_ahead),
            Lang::En => format!("in {} min", when.minutes_ahead),
        };
    }
    let day = match (lang, when.days_ahead) {
        (Lang::Ru, 0) => "сегодня".to_owned(),
        (Lang::Ru, 1) => "завтра".to_owned(),
        (Lang::Ru, -1) => "вчера".to_owned(),
        (Lang::En, 0) => "today".to_owned(),
        (Lang::En, 1) => "tomorrow".to_owned(),
        (Lang::En, -1) => "yesterday".to_owned(),
        _ => date(when, lang),
    };
    if when.timed {
        format!("{day}, {:02}:{:02}", when.hour, when.minute)
    } else {
        day
    }
}

/// The exact moment, for hovering.
pub(crate) fn when_exact(when: &When, lang: Lang) -> String {
    if when.timed {
        format!(
            "{} {}, {:02}:{:02}",
            date(when, lang),
            when.year,
            when.hour,
            when.minute
        )
    } else {
        format!("{} {}", date(when, lang), when.year)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use desk::time::Timestamp;

    fn at(days_ahead: i32, minutes_ahead: i64, timed: bool) -> When {
        When {
            at: Timestamp(0),
            days_ahead,
            minutes_ahead,
            year: 2026,
            month: 11,
            day: 26,
            hour: 18,
            minute: 5,
            timed,
        }
    }

    #[test]
    fn russian_nouns_agree_with_their_numbers() {
        let codes = |n| plural(n, "код", "кода", "кодов");
        assert_eq!(
            [0, 1, 2, 4, 5, 11, 12, 14, 21, 22, 25, 101, 111, 112].map(codes),
            [
                "кодов",
                "код",
                "кода",
                "кода",
                "кодов",
                "кодов",
                "кодов",
                "кодов",
                "код",
                "кода",
                "кодов",
                "код",
                "кодов",
                "кодов"
            ]
        );
    }

    #[test]
    fn thousands_are_parted_by_thin_spaces() {
        assert_eq!(number(7), "7");
        assert_eq!(number(12_480), "12\u{2009}480");
        assert_eq!(number(1_234_567), "1\u{2009}234\u{2009}567");
    }

    #[test]
    fn dates_are_said_as_people_say_them() {
        assert_eq!(when(&at(0, 300, true), Lang::Ru), "сегодня, 18:05");
        assert_eq!(when(&at(0, 40, true), Lang::Ru), "через 40 мин");
        assert_eq!(when(&at(1, 1500, false), Lang::Ru), "завтра");
        assert_eq!(when(&at(5, 7000, false), Lang::Ru), "26 ноября");
        assert_eq!(when(&at(-1, -900, true), Lang::En), "yesterday, 18:05");
        assert_eq!(
            when_exact(&at(5, 7000, true), Lang::En),
            "26 Nov 2026, 18:05"
        );
    }
}
