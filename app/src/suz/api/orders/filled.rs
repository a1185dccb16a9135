//! The filled form of an order as a page posts it.

use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// The form: texts by the names of its fields. Lines are numbered from 0; those that were left empty are there too.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct FilledOrder {
    /// The id that the form came with.
    pub id: String,
    /// By which connection.
    pub connection: String,
    /// The group's alias.
    pub group: String,
    /// The way of release.
    #[serde(default)]
    pub release: String,
    /// The payment's number.
    #[serde(default)]
    pub payment: String,
    /// `true` when obstacles were seen.
    #[serde(default)]
    pub anyway: String,
    /// `true` for the test order of a self-check.
    #[serde(default)]
    pub test: String,
    /// Other fields by their names in the body.
    #[serde(default)]
    pub fields: BTreeMap<String, String>,
    /// Goods.
    #[serde(default)]
    pub lines: Vec<FilledLine>,
}

/// One row of goods.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct FilledLine {
    /// As it was typed.
    #[serde(default)]
    pub gtin: String,
    /// As it was typed.
    #[serde(default)]
    pub quantity: String,
    /// What the codes are put on.
    #[serde(default)]
    pub cis_type: String,
    /// `templateId`.
    #[serde(default)]
    pub template: String,
    /// Own serial numbers, one to a line.
    #[serde(default)]
    pub serials: String,
    /// Other fields by their names in the body.
    #[serde(default)]
    pub fields: BTreeMap<String, String>,
}

#[cfg(feature = "ssr")]
pub(super) use here::{closed, decided, decision, kept_address, not_an_order, settled};

#[cfg(feature = "ssr")]
mod here {
    use super::{FilledLine, FilledOrder};
    use crate::{
        failure::{Failure, Told},
        suz::{api::form::without_script, orders::WRONG},
        texts::{self, suz::orders as words},
    };
    use cis::Lang;
    use desk::{
        ids::EmissionId,
        problem::Problem,
        suz::{
            emission::view::{CloseAnswer, DecisionAnswer, LostDecision, OrderCodes, StuckAnswer},
            group_form::FormField,
            new_emission::{DraftLine, EmissionDraft},
        },
    };
    use std::collections::BTreeMap;

    impl FilledOrder {
        /// Whether it is the test order of a self-check.
        pub(in crate::suz::api) fn is_test(&self) -> bool {
            self.test == "true"
        }

        /// The form as the use case takes it. Only what no page sends fails here.
        pub(in crate::suz::api) fn read(self) -> Result<OrderCodes, Failure> {
            let (Ok(id), Ok(connection)) = (self.id.parse(), self.connection.parse()) else {
                return Err(Failure::Call("a form of an order without its ids".into()));
            };
            let draft = EmissionDraft {
                group: self.group,
                release: chosen(self.release),
                payment: self
                    .payment
                    .parse::<u8>()
                    .ok()
                    .and_then(|number| number.try_into().ok()),
                fields: filled(self.fields),
                lines: self.lines.into_iter().map(FilledLine::read).collect(),
            };
            Ok(OrderCodes {
                id,
                connection,
                draft,
                anyway: self.anyway == "true",
            })
        }
    }

    impl FilledLine {
        fn read(self) -> DraftLine {
            DraftLine {
                gtin: self.gtin,
                quantity: self.quantity,
                cis_type: chosen(self.cis_type),
                template: self.template.parse().ok(),
                serials: Some(self.serials).filter(|text| !text.trim().is_empty()),
                fields: filled(self.fields),
            }
        }
    }

    fn chosen<T: From<String>>(word: String) -> Option<T> {
        (!word.is_empty()).then(|| word.into())
    }

    fn filled(fields: BTreeMap<String, String>) -> Vec<(FormField, String)> {
        fields
            .into_iter()
            .filter(|(_, text)| !text.trim().is_empty())
            .map(|(name, text)| (FormField::from(name), text))
            .collect()
    }

    /// A person's decision in its words.
    pub(in crate::suz::api) fn decision(word: &str, order: &str) -> Result<LostDecision, Failure> {
        let lang = texts::lang();
        match word {
            "ask_on" => Ok(LostDecision::AskOn),
            "not_made" => Ok(LostDecision::NotMade),
            _ => order
                .trim()
                .parse()
                .map(LostDecision::Made)
                .map_err(|_| sentence(words::not_a_number(lang).to_owned())),
        }
    }

    /// Where the form is that made no order; the fragment brings the reader to what is wrong.
    pub(in crate::suz::api) fn kept_address(id: EmissionId, test: bool) -> String {
        let test = if test { "&test=1" } else { "" };
        format!("/suz/orders/new?kept={id}{test}#{WRONG}")
    }

    /// What a decision came to: what is not done is a failure with its sentence.
    pub(in crate::suz::api) fn decided(answer: DecisionAnswer) -> Result<DecisionAnswer, Failure> {
        let lang = texts::lang();
        match answer {
            DecisionAnswer::NotThere => Err(sentence(words::not_there(lang).to_owned())),
            DecisionAnswer::Another => Err(sentence(words::another(lang).to_owned())),
            DecisionAnswer::Failed(why) if without_script() => {
                Err(sentence(why_in_a_line(&why, lang)))
            }
            answer => Ok(answer),
        }
    }

    /// What a closing came to, the same way.
    pub(in crate::suz::api) fn closed(answer: CloseAnswer) -> Result<CloseAnswer, Failure> {
        let lang = texts::lang();
        match answer {
            CloseAnswer::Failed(why) if without_script() => {
                Err(sentence(why_in_a_line(&why, lang)))
            }
            CloseAnswer::Annuls { .. } if without_script() => {
                Err(sentence(words::annuls_changed(lang).to_owned()))
            }
            answer => Ok(answer),
        }
    }

    /// What signing or deleting an order came to that lies there unsigned, the same way.
    pub(in crate::suz::api) fn settled(answer: StuckAnswer) -> Result<StuckAnswer, Failure> {
        match answer {
            StuckAnswer::Failed(why) if without_script() => {
                Err(sentence(why_in_a_line(&why, texts::lang())))
            }
            StuckAnswer::WaitsForSignature if without_script() => {
                leptos_axum::redirect("/suz/sign");
                Ok(StuckAnswer::WaitsForSignature)
            }
            answer => Ok(answer),
        }
    }

    /// A problem with an order of codes: where there is none, the way out leads to those that there are.
    pub(in crate::suz::api) fn not_an_order(problem: Problem) -> Failure {
        let absent = problem == Problem::NotFound;
        match Failure::from(problem) {
            Failure::Told(told) if absent => {
                let to_list = words::to_list(texts::lang()).to_owned();
                Failure::Told(Told {
                    way_out: Some(("/suz/orders".to_owned(), to_list)),
                    ..told
                })
            }
            failure => failure,
        }
    }

    fn why_in_a_line(why: &desk::suz::Why, lang: Lang) -> String {
        let words = texts::suz::causes::cause(why.cause, lang);
        format!("{}. {}", words.title, words.way_out)
    }

    const fn sentence(sentence: String) -> Failure {
        Failure::Told(Told {
            sentence,
            words: None,
            way_out: None,
            again: false,
        })
    }
}
