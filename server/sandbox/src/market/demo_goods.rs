//! The goods of the demo shops.

use super::{
    codes::gtin,
    ids::ItemId,
    order::{InstanceType, NewItem},
};

/// A product of the shop: article, name, price in roubles, GTIN without its check digit.
pub(super) struct Product {
    offer_id: &'static str,
    name: &'static str,
    rubles: i64,
    gtin_number: i64,
}

pub(super) const SLIPPERS: Product = Product {
    offer_id: "TAP-VOL-41",
    name: "Тапочки войлочные «Лиговские», 41",
    rubles: 1_490,
    gtin_number: 712_204_101,
};
pub(super) const SUEDE_SHOES: Product = Product {
    offer_id: "TUF-ZAM-38",
    name: "Туфли замшевые женские, синие, 38",
    rubles: 6_990,
    gtin_number: 712_204_238,
};
pub(super) const LOAFERS: Product = Product {
    offer_id: "LOF-KOZH-43",
    name: "Лоферы кожаные мужские, коричневые, 43",
    rubles: 8_450,
    gtin_number: 712_204_343,
};
pub(super) const BOOTS: Product = Product {
    offer_id: "BOT-ZIM-39",
    name: "Ботинки зимние на меху, чёрные, 39",
    rubles: 11_900,
    gtin_number: 712_204_439,
};
pub(super) const SNEAKERS: Product = Product {
    offer_id: "KROSS-BEL-42",
    name: "Кроссовки белые, сетка, 42",
    rubles: 5_390,
    gtin_number: 712_204_542,
};
pub(super) const SHIRT: Product = Product {
    offer_id: "FUT-HL-M",
    name: "Футболка хлопковая с видом Лиговки, M",
    rubles: 1_250,
    gtin_number: 712_206_012,
};
pub(super) const PERFUME: Product = Product {
    offer_id: "DUH-NEVA-50",
    name: "Парфюмерная вода «Нева», 50 мл",
    rubles: 4_200,
    gtin_number: 712_207_050,
};
pub(super) const BEER: Product = Product {
    offer_id: "PIVO-BA-05",
    name: "Пиво безалкогольное «Обводный канал», 0,5 л",
    rubles: 119,
    gtin_number: 712_208_005,
};
pub(super) const SHOEHORN: Product = Product {
    offer_id: "LOZH-55",
    name: "Ложка для обуви металлическая, 55 см",
    rubles: 390,
    gtin_number: 712_209_055,
};
pub(super) const CREAM: Product = Product {
    offer_id: "KREM-BES-75",
    name: "Крем для обуви бесцветный, 75 мл",
    rubles: 260,
    gtin_number: 712_209_075,
};
pub(super) const RING: Product = Product {
    offer_id: "KOL-SER-17",
    name: "Кольцо серебряное с фианитом, 17",
    rubles: 3_150,
    gtin_number: 712_210_017,
};
pub(super) const MASSAGER: Product = Product {
    offer_id: "MASS-STOP",
    name: "Массажёр для стоп электрический, Китай",
    rubles: 7_800,
    gtin_number: 712_211_001,
};

pub(super) const BICYCLE: Product = Product {
    offer_id: "VELO-SKL-20",
    name: "Велосипед складной «Лиговка», 20 дюймов",
    rubles: 24_900,
    gtin_number: 712_212_020,
};
pub(super) const PUMP: Product = Product {
    offer_id: "NASOS-RUCH",
    name: "Насос велосипедный ручной",
    rubles: 640,
    gtin_number: 712_212_055,
};

impl Product {
    /// A line of an order: its number, how many units, what it asks for.
    pub(super) fn line(&self, id: i64, count: u32, types: &[InstanceType]) -> NewItem {
        NewItem {
            id: Some(ItemId(id)),
            offer_id: Some(self.offer_id.to_owned()),
            price_kopecks: Some(self.rubles * 100),
            gtin: Some(gtin(self.gtin_number)),
            ..NewItem::asking(self.name, count, types)
        }
    }
}
