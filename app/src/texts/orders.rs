//! Words of the order list and the order page.

pub(crate) mod boxes;
pub(crate) mod list;
pub(crate) mod page;
pub(crate) mod scan;
pub(crate) mod sending;
pub(crate) mod shipping;
pub(crate) mod verification;

use super::plural;
use cis::Lang;
use desk::marketplace::Model;

/// «1 код», «2 кода», «5 кодов».
pub(crate) fn codes(n: u32, lang: Lang) -> String {
    match lang {
        Lang::Ru => format!("{n} {}", plural(n, "код", "кода", "кодов")),
        Lang::En => format!("{n} {}", if n == 1 { "code" } else { "codes" }),
    }
}

/// «1 единица», «2 единицы», «5 единиц».
pub(crate) fn units(n: u32, lang: Lang) -> String {
    match lang {
        Lang::Ru => format!("{n} {}", plural(n, "единица", "единицы", "единиц")),
        Lang::En => format!("{n} {}", if n == 1 { "unit" } else { "units" }),
    }
}

/// A model as people call it; the marketplace's own word when it is a new one.
pub(crate) fn model(model: &Model, lang: Lang) -> String {
    match (model, lang) {
        (Model::Express, Lang::Ru) => "Экспресс".to_owned(),
        (Model::Express, Lang::En) => "Express".to_owned(),
        (other, _) => other.as_str().to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_and_units_agree_with_their_numbers() {
        assert_eq!(
            [1, 2, 5, 21].map(|n| codes(n, Lang::Ru)),
            ["1 код", "2 кода", "5 кодов", "21 код"]
        );
        assert_eq!(
            [1, 3, 11].map(|n| units(n, Lang::Ru)),
            ["1 единица", "3 единицы", "11 единиц"]
        );
        assert_eq!([1, 2].map(|n| codes(n, Lang::En)), ["1 code", "2 codes"]);
    }

    #[test]
    fn a_model_from_the_future_keeps_its_word() {
        assert_eq!(model(&Model::from("DRONE"), Lang::Ru), "DRONE");
        assert_eq!(model(&Model::Express, Lang::Ru), "Экспресс");
    }
}
