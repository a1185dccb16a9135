//! Which language a command speaks.

use cis::Lang;
use clap::ValueEnum;

/// A language, as `--lang` takes it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum Language {
    Ru,
    En,
}

impl From<Language> for Lang {
    fn from(language: Language) -> Self {
        match language {
            Language::Ru => Self::Ru,
            Language::En => Self::En,
        }
    }
}

/// The named language, else that of the locale, else Russian.
pub(super) fn language(named: Option<Language>) -> Lang {
    if let Some(named) = named {
        return named.into();
    }
    let locale = ["LC_ALL", "LC_MESSAGES", "LANG"]
        .into_iter()
        .find_map(|name| std::env::var(name).ok().filter(|value| !value.is_empty()));
    of_locale(locale.as_deref().unwrap_or_default())
}

fn of_locale(locale: &str) -> Lang {
    match locale.split(['_', '.', '@']).next() {
        Some("en") => Lang::En,
        _ => Lang::Ru,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_an_english_locale_makes_it_speak_english() {
        for locale in ["en_US.UTF-8", "en", "en_GB@euro"] {
            assert_eq!(of_locale(locale), Lang::En, "{locale}");
        }
        for locale in ["", "C.UTF-8", "POSIX", "ru_RU.UTF-8", "de_DE", "enm"] {
            assert_eq!(of_locale(locale), Lang::Ru, "{locale}");
        }
        assert_eq!(language(Some(Language::En)), Lang::En);
    }
}
