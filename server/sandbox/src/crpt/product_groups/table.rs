//! The table itself, read from the document group by group.

use super::{
    CisType::{self, Bundle, Group, Set, Unit},
    Price, ProductGroup, Release,
    ReleaseMethod::{self, Commission, Import, Production, Reapply, Remains, Remark},
    Tail, Template,
};

const UNIT: &[CisType] = &[Unit];
const UNIT_GROUP: &[CisType] = &[Unit, Group];
const UNIT_SET: &[CisType] = &[Unit, Set];
const UNIT_GROUP_SET: &[CisType] = &[Unit, Group, Set];

/// A template with AI 91 and a long AI 92.
const fn long(id: u16, serial: usize) -> Template {
    Template {
        id,
        serial,
        tail: Tail::Key44,
    }
}

/// A template with AI 93.
const fn short(id: u16, serial: usize) -> Template {
    Template {
        id,
        serial,
        tail: Tail::Check,
    }
}

/// A template of tobacco, whose serial has seven characters.
const fn tobacco(id: u16, tail: Tail) -> Template {
    Template {
        id,
        serial: 7,
        tail,
    }
}

const fn always(method: ReleaseMethod) -> Release {
    Release {
        method,
        from: None,
        to: None,
        payment_group: None,
    }
}

/// Leftovers: for the cards of one payment group, within its days.
const fn leftovers(payment_group: u8, from: &'static str, to: &'static str) -> Release {
    Release {
        payment_group: Some(payment_group),
        ..between(Remains, from, to)
    }
}

const fn between(method: ReleaseMethod, from: &'static str, to: &'static str) -> Release {
    Release {
        method,
        from: Some(from),
        to: Some(to),
        payment_group: None,
    }
}

const MADE: Release = always(Production);
const BROUGHT: Release = always(Import);
const COMMON: &[Release] = &[MADE, BROUGHT];
const WITH_REMARK: &[Release] = &[MADE, BROUGHT, always(Remark)];
const WITH_REAPPLY: &[Release] = &[MADE, BROUGHT, always(Reapply)];

/// A group as most are: units, packs and sets, made or brought in, thirty days, with a payment type.
const fn group(number: u16, alias: &'static str, templates: &'static [Template]) -> ProductGroup {
    ProductGroup {
        number,
        alias,
        templates,
        cis_types: UNIT_GROUP_SET,
        releases: COMMON,
        release_is_due: true,
        life_days: Some(30),
        applied_at_hand_out: false,
        takes_payment_type: true,
        paid_from: None,
        names_owner: &[],
        keeps_key: true,
        country_digit: true,
        due_attributes: &[],
        free_attributes: &["contactPerson"],
        takes_provider: true,
        price: Price::Absent,
    }
}

impl ProductGroup {
    const fn on(mut self, types: &'static [CisType]) -> Self {
        self.cis_types = types;
        self
    }

    const fn released(mut self, releases: &'static [Release]) -> Self {
        self.releases = releases;
        self
    }

    const fn lives(mut self, days: i32) -> Self {
        self.life_days = Some(days);
        self
    }

    /// The first of its cards may be paid for at emission from this day on.
    const fn paid(mut self, from: &'static str) -> Self {
        self.paid_from = Some(from);
        self
    }

    /// With these release methods the owner of the card may be named.
    const fn owned(mut self, methods: &'static [ReleaseMethod]) -> Self {
        self.names_owner = methods;
        self
    }

    /// One of the five oldest groups: ninety days, applied at hand-out, without a payment type.
    const fn oldest(mut self) -> Self {
        self.applied_at_hand_out = true;
        self.takes_payment_type = false;
        self.lives(90)
    }

    /// A group of an experiment: no term, no payment type.
    const fn experiment(mut self) -> Self {
        self.life_days = None;
        self.takes_payment_type = false;
        self
    }

    /// Tobacco and what is close to it.
    const fn smoked(mut self) -> Self {
        self.takes_payment_type = false;
        self.country_digit = false;
        self.due_attributes = &[
            "factoryId",
            "factoryCountry",
            "productCode",
            "productDescription",
        ];
        self.free_attributes = &[
            "factoryName",
            "factoryAddress",
            "poNumber",
            "expectedStartDate",
            "approvalNumber",
        ];
        self.takes_provider = false;
        self
    }

    /// Medicines.
    const fn medicine(mut self) -> Self {
        self.releases = &[];
        self.release_is_due = false;
        self.life_days = None;
        self.keeps_key = false;
        self.country_digit = false;
        self.free_attributes = &["freeCode"];
        self
    }
}

/// The groups, by number.
pub(super) const GROUPS: &[ProductGroup] = &[
    group(1, "lp", &[long(10, 13)])
        .on(&[Unit, Set, Bundle])
        .released(&[
            MADE,
            BROUGHT,
            always(Remark),
            always(Commission),
            leftovers(3, "2024-11-01", "2026-03-02"),
            leftovers(4, "2024-02-10", "2026-12-01"),
        ])
        .oldest()
        .owned(&[Remark, Remains]),
    group(
        2,
        "shoes",
        &[Template {
            id: 1,
            serial: 13,
            tail: Tail::Key88,
        }],
    )
    .on(UNIT)
    .released(&[MADE, BROUGHT, always(Remark), always(Commission)])
    .oldest()
    .owned(&[Remark]),
    // Of the three, only here is the release method optional (tables 10, 26 and 31).
    ProductGroup {
        release_is_due: false,
        keeps_key: false,
        price: Price::Due,
        ..group(
            3,
            "tobacco",
            &[tobacco(3, Tail::Block), tobacco(4, Tail::Pack)],
        )
        .on(UNIT_GROUP)
        .smoked()
    },
    group(4, "perfumery", &[long(9, 13)])
        .on(UNIT_SET)
        .released(WITH_REMARK)
        .oldest()
        .owned(&[Remark]),
    group(5, "tires", &[long(7, 13)])
        .on(UNIT)
        .released(WITH_REMARK)
        .oldest(),
    group(6, "electronics", &[long(8, 20)])
        .on(UNIT_SET)
        .released(WITH_REMARK)
        .oldest(),
    group(7, "pharma", &[long(5, 13)]).on(UNIT).medicine(),
    group(8, "milk", &[short(20, 6)]).paid("2021-06-01"),
    group(9, "bicycle", &[long(11, 13)])
        .on(UNIT_GROUP)
        .released(&[MADE, BROUGHT, always(Remark), always(Reapply)])
        .paid("2024-06-01")
        .owned(&[Remark, Reapply]),
    group(10, "wheelchairs", &[long(12, 13)])
        .released(&[
            MADE,
            BROUGHT,
            always(Remark),
            leftovers(10, "2026-03-31", "2027-02-28"),
        ])
        .paid("2023-10-01")
        .owned(&[Remark, Remains]),
    // Of the three, only here is a contact person.
    ProductGroup {
        price: Price::Free,
        free_attributes: &[
            "contactPerson",
            "factoryName",
            "factoryAddress",
            "poNumber",
            "expectedStartDate",
            "approvalNumber",
        ],
        ..group(
            12,
            "otp",
            &[tobacco(14, Tail::Block), tobacco(15, Tail::Pack)],
        )
        .on(UNIT_GROUP)
        .smoked()
    },
    group(13, "water", &[short(16, 13)])
        .on(UNIT_GROUP)
        .released(WITH_REMARK)
        .paid("2021-12-01"),
    group(15, "beer", &[short(18, 7)])
        .on(UNIT_GROUP)
        .released(WITH_REAPPLY)
        .lives(60)
        .paid("2023-04-01")
        .owned(&[Reapply]),
    ProductGroup {
        keeps_key: false,
        ..group(
            16,
            "ncp",
            &[tobacco(21, Tail::Block), tobacco(22, Tail::Pack)],
        )
        .smoked()
    },
    group(17, "bio", &[short(23, 13), long(30, 13)])
        .released(&[
            MADE,
            BROUGHT,
            always(Remark),
            always(Reapply),
            leftovers(3, "2024-10-01", "2026-08-31"),
        ])
        .paid("2023-10-01")
        .owned(&[Remark, Remains, Reapply]),
    group(19, "antiseptic", &[short(25, 13), long(31, 13)])
        .released(WITH_REMARK)
        .paid("2023-10-01")
        .owned(&[Remark]),
    group(20, "petfood", &[long(26, 6), short(41, 6)]).paid("2024-10-01"),
    group(21, "seafood", &[long(27, 6), short(38, 6)]).paid("2024-05-01"),
    group(22, "nabeer", &[short(28, 7)])
        .released(WITH_REMARK)
        .lives(60)
        .paid("2024-10-01")
        .owned(&[Remark]),
    group(23, "softdrinks", &[short(29, 13)]).paid("2023-12-01"),
    group(25, "meat", &[long(74, 13), short(32, 6)]).paid("2026-08-01"),
    group(26, "vetpharma", &[long(50, 13)])
        .on(UNIT_GROUP)
        .released(WITH_REMARK)
        .paid("2024-10-01")
        .owned(&[Remark]),
    group(27, "toys", &[long(34, 13), short(59, 6)])
        .released(WITH_REAPPLY)
        .paid("2025-12-01")
        .owned(&[Reapply]),
    group(28, "radio", &[long(36, 20), short(37, 20)])
        .released(WITH_REAPPLY)
        .paid("2026-05-01")
        .owned(&[Reapply]),
    ProductGroup {
        takes_provider: false,
        ..group(31, "titan", &[short(39, 13)])
            .on(UNIT)
            .released(&[MADE])
            .experiment()
    },
    group(32, "conserve", &[long(48, 6), short(49, 6)]).paid("2024-12-01"),
    group(33, "vegetableoil", &[short(40, 13), long(51, 13)]).paid("2024-10-01"),
    group(34, "opticfiber", &[short(45, 13), long(44, 13)])
        .on(UNIT_GROUP)
        .experiment(),
    group(35, "chemistry", &[long(46, 6), short(47, 6)])
        .released(WITH_REAPPLY)
        .lives(60)
        .paid("2025-05-01")
        .owned(&[Reapply]),
    group(36, "books", &[long(52, 13)])
        .on(UNIT_SET)
        .experiment(),
    group(37, "grocery", &[short(43, 13), long(42, 13)]).paid("2025-05-01"),
    group(39, "construction", &[short(53, 13), long(54, 13)])
        .on(UNIT_GROUP)
        .released(WITH_REAPPLY)
        .paid("2025-10-01")
        .owned(&[Reapply]),
    group(40, "fire", &[long(56, 13), short(55, 6)]).experiment(),
    group(41, "heater", &[long(58, 6), short(57, 6)])
        .on(UNIT_GROUP)
        .experiment(),
    group(42, "cableraw", &[short(62, 13), long(63, 13)])
        .on(UNIT_GROUP)
        .experiment(),
    group(43, "autofluids", &[short(60, 13), long(61, 13)])
        .released(WITH_REAPPLY)
        .paid("2025-09-01")
        .owned(&[Reapply]),
    group(44, "polymer", &[long(65, 6), short(64, 6)]).experiment(),
    group(45, "sweets", &[long(67, 13), short(66, 6)]).paid("2026-03-01"),
    group(48, "carparts", &[long(69, 13), short(68, 6)]).experiment(),
    group(49, "furslp", &[long(85, 13)])
        .on(UNIT_SET)
        .released(&[
            MADE,
            BROUGHT,
            Release {
                method: Reapply,
                from: Some("2026-03-01"),
                to: None,
                payment_group: None,
            },
        ])
        .paid("2026-03-01")
        .owned(&[Reapply]),
    ProductGroup {
        takes_payment_type: false,
        ..group(50, "nicotindev", &[long(71, 13), short(70, 13)])
    },
    group(51, "gadgets", &[long(73, 20), short(72, 20)])
        .released(&[MADE, BROUGHT, between(Reapply, "2026-05-01", "2026-11-30")])
        .paid("2026-05-01")
        .owned(&[Reapply]),
    group(52, "frozen", &[long(84, 13), short(83, 6)]).experiment(),
    group(53, "fertilizers", &[long(82, 13), short(81, 6)]).experiment(),
    group(54, "homeware", &[long(78, 13), short(77, 6)]).experiment(),
    group(55, "vetbio", &[long(76, 13), short(75, 6)])
        .on(UNIT_GROUP)
        .experiment(),
    group(57, "industrial", &[long(80, 13), short(79, 6)]).experiment(),
    group(59, "pyrotechnics", &[long(87, 13), short(86, 6)]).experiment(),
];
