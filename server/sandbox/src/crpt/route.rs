//! Which service and which of its methods a request calls.

use axum::http::StatusCode;

use super::refusal::Refusal;

/// A service on a host of its own. One listener serves them all, so a prefix of the path stands for the host; behind it comes the real path.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Host {
    /// True API.
    TrueApi,
    /// СУЗ.
    Suz,
    /// The registration of connections with СУЗ.
    Registration,
}

/// What stands for the host of True API (`https://markirovka.crpt.ru`).
pub const TRUE_API_HOST: &str = "/true-api-host";

/// What stands for the host of СУЗ (`https://suzgrid.crpt.ru`).
pub const SUZ_HOST: &str = "/suz-host";

/// What stands for the host of the registration (`https://suzgrid.crpt.ru:16443`).
pub const REGISTRATION_HOST: &str = "/suz-integrator-host";

impl Host {
    /// The service a path belongs to, and the path on its host.
    pub(super) fn of(path: &str) -> Option<(Self, &str)> {
        [
            (Self::TrueApi, TRUE_API_HOST),
            (Self::Suz, SUZ_HOST),
            (Self::Registration, REGISTRATION_HOST),
        ]
        .into_iter()
        .find_map(|(host, prefix)| {
            let path = path.strip_prefix(prefix)?;
            path.starts_with('/').then_some((host, path))
        })
    }
}

/// A method.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Route {
    /// `GET …/auth/key`.
    Challenge,
    /// `POST …/auth/simpleSignIn`, with a connection id behind it for a device's token.
    SignIn(Option<String>),
    /// `GET …/elk/product-groups/balance/all`.
    Balance,
    /// `GET /api/v3/ping`.
    Ping,
    /// `GET /api/v3/integration/profile`.
    Profile,
    /// `GET /api/v3/integration/connection`.
    Connections,
    /// `POST /api/v3/integration/connection`.
    Register,
    /// `DELETE /api/v3/integration/connection`.
    Delete,
    /// `POST /api/v3/order`.
    Order,
    /// `GET /api/v3/order/status`.
    OrderStatus,
    /// `GET /api/v3/order/list`.
    OrderList,
    /// `POST /api/v3/orders/search`.
    OrderSearch,
    /// `GET /api/v3/order/product`.
    OrderProduct,
    /// `GET /api/v3/codes`.
    Codes,
    /// `GET /api/v3/order/codes/blocks`.
    Blocks,
    /// `GET /api/v3/order/codes/retry`.
    Retry,
    /// `POST /api/v3/order/close`.
    CloseOrder,
    /// `GET /api/v3/documents/search`.
    Documents,
    /// `GET /api/v3/documents/content`.
    DocumentContent,
    /// `DELETE /api/v3/documents/delete`.
    DeleteDocument,
    /// `POST /api/v3/documents/sign`.
    SignDocument,
}

impl Route {
    /// The method called on a host.
    pub(super) fn of(host: Host, method: &str, path: &str) -> Result<Self, Refusal> {
        let parts: Vec<&str> = path.split('/').skip(1).collect();
        let methods = match (host, parts.as_slice()) {
            (Host::TrueApi, ["api", "v3", "true-api", rest @ ..]) => match *rest {
                ["auth", "key"] => vec![("GET", Self::Challenge)],
                ["auth", "simpleSignIn"] => vec![("POST", Self::SignIn(None))],
                ["auth", "simpleSignIn", connection] => {
                    vec![("POST", Self::SignIn(Some(connection.to_owned())))]
                }
                ["elk", "product-groups", "balance", "all"] => vec![("GET", Self::Balance)],
                _ => Vec::new(),
            },
            (Host::Suz, ["api", "v3", rest @ ..]) => Self::of_station(rest).into_iter().collect(),
            (Host::Registration, ["api", "v3", "integration", "connection"]) => vec![
                ("GET", Self::Connections),
                ("POST", Self::Register),
                ("DELETE", Self::Delete),
            ],
            _ => Vec::new(),
        };
        let no_path = methods.is_empty();
        methods
            .into_iter()
            .find(|(known, _)| *known == method)
            .map(|(_, route)| route)
            .ok_or_else(|| no_route(host, no_path))
    }

    /// The method of СУЗ itself at a path.
    fn of_station(path: &[&str]) -> Option<(&'static str, Self)> {
        Some(match path {
            ["ping"] => ("GET", Self::Ping),
            ["integration", "profile"] => ("GET", Self::Profile),
            ["order"] => ("POST", Self::Order),
            ["order", "status"] => ("GET", Self::OrderStatus),
            ["order", "list"] => ("GET", Self::OrderList),
            ["orders", "search"] => ("POST", Self::OrderSearch),
            ["order", "product"] => ("GET", Self::OrderProduct),
            ["codes"] => ("GET", Self::Codes),
            ["order", "codes", "blocks"] => ("GET", Self::Blocks),
            ["order", "codes", "retry"] => ("GET", Self::Retry),
            ["order", "close"] => ("POST", Self::CloseOrder),
            ["documents", "search"] => ("GET", Self::Documents),
            ["documents", "content"] => ("GET", Self::DocumentContent),
            ["documents", "delete"] => ("DELETE", Self::DeleteDocument),
            ["documents", "sign"] => ("POST", Self::SignDocument),
            _ => return None,
        })
    }
}

fn no_route(host: Host, no_path: bool) -> Refusal {
    let status = if no_path {
        StatusCode::NOT_FOUND
    } else {
        StatusCode::METHOD_NOT_ALLOWED
    };
    match host {
        Host::TrueApi => Refusal::true_api(status, "Метод с указанным URL не найден"),
        Host::Suz | Host::Registration => Refusal::global(
            status,
            "Метод с указанным URL не найден",
            u32::from(status.as_u16()),
        ),
    }
}
