//! The page that a person sees where labels were asked for and none came.

use crate::{
    failure::{Failure, Told, status},
    texts::problems::labels as words,
    ui::TheirWordsView,
};
use cis::Lang;
use desk::problem::Problem;
use http::StatusCode;
use leptos::{config::LeptosOptions, prelude::*};
use leptos_meta::HashedStylesheet;

/// A whole document: why there are no labels, in our words and the marketplace's, and the way back to the order. No
/// problem at all means that the asker named a format that does not exist.
pub fn unprinted(
    order: &str,
    problem: Option<Problem>,
    lang: Lang,
    options: LeptosOptions,
) -> (StatusCode, String) {
    let code = problem.as_ref().map_or(StatusCode::BAD_REQUEST, status);
    let told = match problem.map(|problem| Failure::about(problem, lang)) {
        Some(Failure::Told(told)) => Some(told),
        Some(Failure::Call(_)) | None => None,
    };
    let (sentence, their_words) = match told {
        Some(Told {
            sentence, words, ..
        }) => (sentence, words),
        None => (words::no_such_format(lang).to_owned(), None),
    };
    let language = match lang {
        Lang::Ru => "ru",
        Lang::En => "en",
    };
    let page = Owner::new().with(|| {
        provide_context(lang);
        view! {
            <!DOCTYPE html>
            <html lang=language>
                <head>
                    <meta charset="utf-8"/>
                    <meta name="viewport" content="width=device-width, initial-scale=1"/>
                    <meta name="color-scheme" content="light dark"/>
                    <title>{words::no_file(lang)}</title>
                    <HashedStylesheet options=options/>
                </head>
                <body>
                    <main class="main">
                        <h1>{words::no_file(lang)}</h1>
                        <div class="notice bad">
                            <p>{sentence}</p>
                            {their_words.map(|words| view! { <TheirWordsView words=words/> })}
                        </div>
                        <p><a class="btn" href=format!("/orders/{order}")>{words::back_to_order(lang)}</a></p>
                    </main>
                </body>
            </html>
        }
        .to_html()
    });
    (code, page)
}

#[cfg(test)]
mod tests {
    use super::*;
    use desk::submission::{TheirError, TheirWords};

    fn options() -> LeptosOptions {
        LeptosOptions::builder().output_name("metka").build()
    }

    #[test]
    fn a_refusal_is_explained_quoted_and_leads_back() {
        let words = TheirWords {
            http: 404,
            errors: vec![TheirError {
                code: "NOT_FOUND".into(),
                message: Some("No boxes found for order 1 <b>".into()),
            }],
        };
        let problem = Problem::Refused { words };
        let (_, page) = unprinted("01J", Some(problem), Lang::Ru, options());
        assert!(page.starts_with("<!DOCTYPE html>"), "{page}");
        assert!(page.contains("Отправьте их, и этикетки появятся"), "{page}");
        assert!(
            page.contains("No boxes found for order 1 &lt;b&gt;"),
            "{page}"
        );
        assert!(page.contains("href=\"/orders/01J\""), "{page}");
    }

    #[test]
    fn a_format_that_does_not_exist_is_said_too() {
        let (code, page) = unprinted("01J", None, Lang::En, options());
        assert_eq!(code, StatusCode::BAD_REQUEST);
        assert!(page.contains("There is no such format of labels."));
    }
}
