//! Addresses of the stock.

use desk::codes::Filter;
use leptos_router::params::ParamsMap;

fn with_parameters(path: &str, filter: &Filter) -> String {
    let mut parameters = ParamsMap::new();
    for (name, value) in filter.parameters() {
        parameters.insert(name, value);
    }
    [path, &parameters.to_query_string()].concat()
}

/// The address of what a filter shows.
pub(super) fn list(filter: &Filter) -> String {
    with_parameters("/codes", filter)
}

/// The address of the same as a file. `spreadsheet` asks for the form that Excel leaves as it is.
pub(super) fn file(filter: &Filter, spreadsheet: bool) -> String {
    let whole = Filter {
        after: None,
        ..filter.clone()
    };
    let path = if spreadsheet {
        "/codes/export/excel.csv"
    } else {
        "/codes/export/codes.csv"
    };
    with_parameters(path, &whole)
}

/// The address of one code. Its key is a parameter and no part of the path: codes hold `/`, `%` and `?`.
pub(super) fn one(key: &str) -> String {
    let mut parameters = ParamsMap::new();
    parameters.insert("key", key.to_owned());
    ["/codes/one", &parameters.to_query_string()].concat()
}
