//! What the list shows, as an address and back.

use super::search::MODELS;
use desk::orders::{OrderFilter, Tab, due::Due};
use leptos_router::params::ParamsMap;

/// Reads the filter from the address's parameters; what makes no sense counts as not given. Pages count from one
/// there, because people read addresses.
pub(super) fn read(parameter: impl Fn(&str) -> Option<String>) -> OrderFilter {
    let page: u32 = parameter("page")
        .and_then(|page| page.parse().ok())
        .unwrap_or(1);
    OrderFilter {
        tab: parameter("tab")
            .map(|tab| Tab::from_name(&tab))
            .unwrap_or_default(),
        search: parameter("search")
            .map(|search| search.trim().to_owned())
            .unwrap_or_default(),
        shop: parameter("shop").and_then(|shop| shop.parse().ok()),
        model: parameter("model")
            .and_then(|name| MODELS.into_iter().find(|model| model.as_str() == name)),
        due: parameter("due").and_then(|name| Due::from_name(&name)),
        page: page.saturating_sub(1),
    }
}

/// The address of a filter; what is as usual is left out.
pub(super) fn write(filter: &OrderFilter) -> String {
    let mut parameters = ParamsMap::new();
    if filter.tab != Tab::default() {
        parameters.insert("tab", filter.tab.as_str().to_owned());
    }
    if !filter.search.is_empty() {
        parameters.insert("search", filter.search.clone());
    }
    if let Some(shop) = filter.shop {
        parameters.insert("shop", shop.to_string());
    }
    if let Some(model) = &filter.model {
        parameters.insert("model", model.as_str().to_owned());
    }
    if let Some(due) = filter.due {
        parameters.insert("due", due.as_str().to_owned());
    }
    if filter.page > 0 {
        parameters.insert("page", (filter.page + 1).to_string());
    }
    format!("/orders{}", parameters.to_query_string())
}

#[cfg(test)]
mod tests {
    use super::*;
    use desk::{ids::ShopId, marketplace::Model};

    #[test]
    fn an_address_without_parameters_is_the_first_tab() {
        assert_eq!(read(|_| None), OrderFilter::default());
        assert_eq!(write(&OrderFilter::default()), "/orders");
    }

    #[test]
    fn a_filter_is_read_back_from_its_address() {
        let shop = ShopId::from_parts(1, [3; 10]);
        let filter = OrderFilter {
            tab: Tab::Ready,
            search: "48512".into(),
            shop: Some(shop),
            model: Some(Model::Express),
            due: Some(Due::Tomorrow),
            page: 2,
        };
        let address = write(&filter);
        let query = address
            .split_once('?')
            .map(|(_, query)| query.to_owned())
            .unwrap();
        let parameter = |name: &str| {
            query
                .split('&')
                .filter_map(|pair| pair.split_once('='))
                .find(|(key, _)| *key == name)
                // The router writes every sign that is no letter or digit as percents.
                .map(|(_, value)| value.replace("%2D", "-"))
        };
        assert_eq!(read(parameter), filter);
    }

    #[test]
    fn nonsense_in_the_address_counts_as_not_given() {
        assert_eq!(
            read(|_| Some("-1".into())),
            OrderFilter {
                search: "-1".into(),
                ..OrderFilter::default()
            }
        );
    }
}
