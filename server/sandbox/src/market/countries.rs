//! `POST /v2/regions/countries`: countries with their codes.
//!
//! See <https://yandex.ru/dev/market/partner-api/doc/ru/reference/regions/getRegionsCodes>.

use serde_json::{Value, json};

/// Every assigned code of ISO 3166-1 alpha-2.
const ASSIGNED: &str = "AD AE AF AG AI AL AM AO AQ AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO BQ BR BS BT BV BW BY BZ \
    CA CC CD CF CG CH CI CK CL CM CN CO CR CU CV CW CX CY CZ DE DJ DK DM DO DZ EC EE EG EH ER ES ET FI FJ FK FM FO FR GA GB GD GE GF GG GH \
    GI GL GM GN GP GQ GR GS GT GU GW GY HK HM HN HR HT HU ID IE IL IM IN IO IQ IR IS IT JE JM JO JP KE KG KH KI KM KN KP KR KW KY KZ LA LB \
    LC LI LK LR LS LT LU LV LY MA MC MD ME MF MG MH MK ML MM MN MO MP MQ MR MS MT MU MV MW MX MY MZ NA NC NE NF NG NI NL NO NP NR NU NZ OM \
    PA PE PF PG PH PK PL PM PN PR PS PT PW PY QA RE RO RS RU RW SA SB SC SD SE SG SH SI SJ SK SL SM SN SO SR SS ST SV SX SY SZ TC TD TF TG \
    TH TJ TK TL TM TN TO TR TT TV TW TZ UA UG UM US UY UZ VA VC VE VG VI VN VU WF WS YE YT ZA ZM ZW";

/// The countries the answer names: those that goods mostly come from. The region numbers serve only as examples.
const NAMED: [(&str, &str, i64); 25] = [
    ("RU", "Россия", 225),
    ("BY", "Беларусь", 149),
    ("KZ", "Казахстан", 159),
    ("AM", "Армения", 168),
    ("KG", "Киргизия", 207),
    ("UZ", "Узбекистан", 171),
    ("CN", "Китай", 134),
    ("TR", "Турция", 983),
    ("IT", "Италия", 205),
    ("DE", "Германия", 96),
    ("FR", "Франция", 124),
    ("ES", "Испания", 204),
    ("PT", "Португалия", 10083),
    ("PL", "Польша", 120),
    ("CZ", "Чехия", 125),
    ("FI", "Финляндия", 123),
    ("GB", "Великобритания", 102),
    ("US", "США", 84),
    ("JP", "Япония", 137),
    ("KR", "Южная Корея", 135),
    ("IN", "Индия", 994),
    ("VN", "Вьетнам", 10093),
    ("ID", "Индонезия", 10095),
    ("BD", "Бангладеш", 10090),
    ("RS", "Сербия", 180),
];

/// The answer of the method; it has no `status` around it.
pub(super) fn answer() -> Value {
    let countries: Vec<Value> = NAMED
        .iter()
        .map(|(code, name, id)| {
            json!({
                "region": { "id": id, "name": name, "type": "COUNTRY" },
                "countryCode": code,
            })
        })
        .collect();
    json!({ "countries": countries })
}

/// Whether a text is a country code.
pub(super) fn is_country(code: &str) -> bool {
    ASSIGNED
        .split_ascii_whitespace()
        .any(|assigned| assigned == code)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_named_country_has_an_assigned_code() {
        assert!(NAMED.iter().all(|(code, _, _)| is_country(code)));
        assert_eq!(ASSIGNED.split_ascii_whitespace().count(), 249);
        assert!(!is_country("ru") && !is_country("XX"));
    }
}
