//! The sentences of the pages for who reads them in a terminal: `metka suz …` says what a page would say.

use crate::texts::{
    self,
    suz::{causes, groups, orders},
};
use cis::Lang;
use desk::{
    problem::Problem,
    submission::TheirWords,
    suz::{
        Why, check::SkipReason, emission::view::OrderObstacle, new_emission::EmissionFault,
        receiving::ReceivingTrouble,
    },
};

pub use texts::suz::commands::{
    again, annuls, anyway, may_cost, name_one, no_connection, nobody, not_a_line,
};

/// A problem, with the words of whoever refused.
pub fn problem(problem: Problem, lang: Lang) -> String {
    let told = texts::problems::told(problem, lang);
    quoted(told.sentence, told.words.as_ref(), None)
}

/// A fault of a form, with the name of its place for who does not see it beside the field.
pub fn fault(fault: &EmissionFault, lang: Lang) -> String {
    groups::fault_in_its_place(fault, lang)
}

/// What is wrong with a GTIN that stands alone.
pub fn gtin_fault(fault: &EmissionFault, lang: Lang) -> String {
    groups::fault(fault, lang)
}

/// What stands against an order.
pub fn obstacle(obstacle: &OrderObstacle, lang: Lang) -> String {
    orders::obstacle(obstacle, lang)
}

/// A cause and the way out, with the words of whoever said no.
pub fn why(why: &Why, lang: Lang) -> String {
    let words = causes::cause(why.cause, lang);
    let ours = format!("{}. {}", words.title, words.way_out);
    quoted(ours, why.words.as_ref(), why.trouble.as_deref())
}

/// What stands in the way of codes.
pub fn receiving_trouble(trouble: &ReceivingTrouble, lang: Lang) -> String {
    // Goods that ended with a cause were rejected.
    let rejected = matches!(trouble, ReceivingTrouble::Ended(Some(_)));
    let (title, text) = orders::receiving_trouble(trouble, rejected, lang);
    let ours = format!("{title} {text}");
    match trouble {
        ReceivingTrouble::Refused(words) => quoted(ours, Some(words), None),
        ReceivingTrouble::Ended(words) => quoted(ours, None, words.as_deref()),
        _ => ours,
    }
}

/// Why a step of a check was not made.
pub fn skipped(why: SkipReason, lang: Lang) -> String {
    texts::suz::steps::skip(why, lang).to_owned()
}

/// Their words behind ours, on one line whatever they hold.
fn quoted(ours: String, words: Option<&TheirWords>, trouble: Option<&str>) -> String {
    let errors = words.iter().flat_map(|words| &words.errors);
    let said = errors.map(|error| error.message.as_deref().unwrap_or(&error.code));
    let said = said.chain(trouble).map(|words| {
        let words = words.split_whitespace().collect::<Vec<_>>().join(" ");
        format!("«{words}»")
    });
    [ours].into_iter().chain(said).collect::<Vec<_>>().join(" ")
}
