//! What is wrong with a row or an order, as sentences. The server says them, so that the browser need not load them.

use super::super::{plural, problems::explain};
use cis::Lang;
use desk::{
    bulk::{BatchPage, Listing, Outlook, RowVerdict},
    server::bulk::FailedRow,
    submission::{SubmissionState, TheirWords},
};

/// Adds the sentences to what a page shows.
pub(crate) fn fill_in(page: &mut BatchPage, lang: Lang) {
    match &mut page.listing {
        Listing::Rows(rows) => {
            for row in rows {
                row.says = row
                    .verdict
                    .as_ref()
                    .map(|verdict| of_row(verdict, &row.code, lang));
            }
        }
        Listing::Orders(orders) => {
            for order in orders {
                order.says = of_end(order.submission, order.refusal.as_ref(), lang).or_else(|| {
                    order
                        .outlook
                        .as_ref()
                        .and_then(|outlook| of_order(outlook, lang))
                });
            }
        }
    }
}

/// Why a row failed: the row's own trouble, else its order's, with the marketplace's words.
pub fn reason(row: &FailedRow, lang: Lang) -> String {
    let own = row.verdict.as_ref().filter(|verdict| !verdict.is_good());
    if let Some(verdict) = own {
        return of_row(verdict, &row.code, lang);
    }
    if row.cancelled {
        return of(
            lang,
            "Пакет остановлен раньше, чем дошла очередь.",
            "The batch was stopped before its turn.",
        );
    }
    if let Some(mut end) = of_end(row.state, row.refusal.as_ref(), lang) {
        for error in row.refusal.iter().flat_map(|words| &words.errors) {
            end.push_str(" «");
            end.push_str(error.message.as_deref().unwrap_or(&error.code));
            end.push('»');
        }
        return end;
    }
    let outlook = row
        .outlook
        .as_ref()
        .and_then(|outlook| of_order(outlook, lang));
    outlook.unwrap_or_default()
}

fn of(lang: Lang, ru: &str, en: &str) -> String {
    match lang {
        Lang::Ru => ru,
        Lang::En => en,
    }
    .to_owned()
}

/// What became of one row.
fn of_row(verdict: &RowVerdict, code: &str, lang: Lang) -> String {
    match verdict {
        RowVerdict::Fits { product, .. } => format!("→ {product}"),
        RowVerdict::AlreadyThere { product } => match lang {
            Lang::Ru => format!("уже лежит в этом заказе: {product}"),
            Lang::En => format!("already in this order: {product}"),
        },
        RowVerdict::NoNumber => of(lang, "Не указан номер заказа.", "No order number."),
        RowVerdict::BadNumber => of(
            lang,
            "Это не номер заказа Маркета.",
            "Not an order number of Market.",
        ),
        RowVerdict::NoOrder => of(
            lang,
            "Такого заказа нет. Проверьте номер или прочитайте заказы заново.",
            "There is no such order. Check the number, or read the orders again.",
        ),
        RowVerdict::NoCode => of(lang, "Нет кода.", "No code."),
        RowVerdict::Unreadable | RowVerdict::WhichCode => {
            let said = cis::parse(code).reason(lang);
            said.unwrap_or_else(|| {
                of(
                    lang,
                    "Это не код маркировки.",
                    "This is not a marking code.",
                )
            })
        }
        RowVerdict::Repeated { line } => match lang {
            Lang::Ru => format!("Та же единица уже стоит в строке {line}."),
            Lang::En => format!("The same unit stands on line {line} already."),
        },
        RowVerdict::BoundElsewhere { order, product } => match lang {
            Lang::Ru => format!("Код уже занят: заказ {order}, {product}."),
            Lang::En => format!("The code is taken: order {order}, {product}."),
        },
        RowVerdict::OtherProduct { product } => match (product, lang) {
            (Some(product), Lang::Ru) => {
                format!("Код другого товара: «{product}», в заказе такого нет.")
            }
            (Some(product), Lang::En) => {
                format!("The code is of another product: “{product}”, which is not in the order.")
            }
            (None, _) => of(
                lang,
                "Код товара, которого Метка не знает, а товары этого заказа ей известны.",
                "The code is of a product that Metka does not know, and it knows those of this order.",
            ),
        },
        RowVerdict::WhichLine { products } => match lang {
            Lang::Ru => format!(
                "Метка ещё не знает, чей это код: «{}». Откройте заказ и положите его сами.",
                products.join("» или «")
            ),
            Lang::En => format!(
                "Metka does not know yet whose code this is: “{}”. Open the order and put it there.",
                products.join("” or “")
            ),
        },
        RowVerdict::NoRoom { product } => match lang {
            Lang::Ru => format!("Лишний код: у каждой единицы «{product}» он уже есть."),
            Lang::En => format!("One code too many: every unit of “{product}” has one."),
        },
        RowVerdict::NotWanted => of(
            lang,
            "Такой код в этом заказе никому не нужен.",
            "Nothing in this order asks for such a code.",
        ),
    }
}

/// Why an order does not go; nothing when it does.
fn of_order(outlook: &Outlook, lang: Lang) -> Option<String> {
    Some(match outlook {
        Outlook::Goes => return None,
        Outlook::NoOrder => of(lang, "Такого заказа нет.", "There is no such order."),
        Outlook::Troubled { rows } => match lang {
            Lang::Ru => format!(
                "Заказ не отправляется: в нём {rows} {} с ошибкой.",
                plural(*rows, "строка", "строки", "строк")
            ),
            Lang::En => format!(
                "The order is not sent: {rows} of its {} in trouble.",
                if *rows == 1 { "rows is" } else { "rows are" }
            ),
        },
        Outlook::Lacks { units } => match lang {
            Lang::Ru => format!(
                "Заказ не отправляется: не хватает {units} {}.",
                plural(*units, "кода", "кодов", "кодов")
            ),
            Lang::En => format!(
                "The order is not sent: {units} {} missing.",
                if *units == 1 { "code is" } else { "codes are" }
            ),
        },
        Outlook::LacksOthers => of(
            lang,
            "Заказ не отправляется: не хватает РНПТ, ГТД или страны. Заполните их в заказе.",
            "The order is not sent: RNPT, GTD or a country is missing. Fill them in at the order.",
        ),
        Outlook::SentBefore => of(
            lang,
            "Эти коды уже в Маркете.",
            "Market has these codes already.",
        ),
        Outlook::Closed => of(
            lang,
            "Заказ отменён, доставлен или возвращён.",
            "The order is cancelled, delivered or returned.",
        ),
        Outlook::Shipped => of(
            lang,
            "Заказ уже отгружен, его коды нельзя изменить.",
            "The order was shipped; its codes cannot be changed.",
        ),
        Outlook::BeingSent => of(
            lang,
            "Заказ уже отправляется. Дождитесь ответа Маркета.",
            "The order is being sent. Wait for Market's answer.",
        ),
        Outlook::Model => of(
            lang,
            "Коды заказов этой модели передаются не с заказом.",
            "Codes of this model do not go with the order.",
        ),
        Outlook::NotMarked => of(
            lang,
            "Ни одному товару заказа код не нужен.",
            "No line of the order asks for codes.",
        ),
        Outlook::Removes => of(
            lang,
            "Из заказа убираются единицы: подтвердите это в самом заказе.",
            "Units are to be taken out of the order: confirm that at the order itself.",
        ),
        Outlook::Layout => of(
            lang,
            "Единицы не раскладываются по коробкам. Откройте заказ.",
            "The units cannot be laid out in boxes. Open the order.",
        ),
    })
}

/// How a submission ended, when it did not end well.
fn of_end(
    state: Option<SubmissionState>,
    refusal: Option<&TheirWords>,
    lang: Lang,
) -> Option<String> {
    match state? {
        SubmissionState::Refused => Some(
            refusal
                .and_then(|words| explain(words, lang))
                .unwrap_or_else(|| of(lang, "Маркет отказал.", "Market refused.")),
        ),
        SubmissionState::Conflict => Some(of(
            lang,
            "В Маркете лежат другие коды. Откройте заказ и решите, какие верны.",
            "Market holds other codes. Open the order and decide which are right.",
        )),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use desk::submission::TheirError;

    fn row() -> FailedRow {
        FailedRow {
            cells: vec![],
            code: "123".into(),
            verdict: Some(RowVerdict::Fits {
                product: "Тапочки".into(),
                line: None,
            }),
            outlook: Some(Outlook::Lacks { units: 2 }),
            state: None,
            refusal: None,
            cancelled: false,
        }
    }

    #[test]
    fn a_good_row_fails_with_its_order() {
        assert_eq!(
            reason(&row(), Lang::Ru),
            "Заказ не отправляется: не хватает 2 кодов."
        );
    }

    #[test]
    fn a_rows_own_trouble_comes_first() {
        let row = FailedRow {
            verdict: Some(RowVerdict::Repeated { line: 7 }),
            ..row()
        };
        assert_eq!(
            reason(&row, Lang::Ru),
            "Та же единица уже стоит в строке 7."
        );
    }

    #[test]
    fn a_refusal_is_told_in_their_words_too() {
        let row = FailedRow {
            outlook: Some(Outlook::Goes),
            state: Some(SubmissionState::Refused),
            refusal: Some(TheirWords {
                http: 400,
                errors: vec![TheirError {
                    code: "X".into(),
                    message: Some("Item is gone".into()),
                }],
            }),
            ..row()
        };
        assert!(reason(&row, Lang::Ru).ends_with("«Item is gone»"));
    }
}
