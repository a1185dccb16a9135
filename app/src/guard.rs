//! Who may call which server function.
//!
//! Every server function names its [`Access`] with [`guarded!`](crate::guarded). The declaration is used twice:
//! the function's first line asks for it (pages drawn on the server call functions directly), and the HTTP layer
//! looks the path up in [`rules`] before a call from outside even begins. A path without a rule is refused, and a
//! test walks the real list of server functions.

use desk::account::Permission;

/// What a caller must be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Access {
    /// Anybody.
    Public,
    /// Anybody who is signed in.
    SignedIn,
    /// A member whose role includes this.
    Needs(Permission),
}

/// A server function whose access is declared.
pub trait Guarded {
    /// What its caller must be.
    const ACCESS: Access;
}

/// Declares the access of server functions, and lists them for the HTTP layer.
#[macro_export]
macro_rules! guarded {
    ($($function:ident: $access:expr;)*) => {
        $(impl $crate::guard::Guarded for $function {
            const ACCESS: $crate::guard::Access = $access;
        })*

        /// The rules of this module's server functions, by path.
        #[cfg(feature = "ssr")]
        pub(crate) const RULES: &[(&str, $crate::guard::Access)] = &[
            $((<$function as server_fn::ServerFn>::PATH, <$function as $crate::guard::Guarded>::ACCESS),)*
        ];
    };
}

#[cfg(feature = "ssr")]
pub use server_side::{Caller, Peer, authorise, caller, desk, peer, rule_of, rules};

#[cfg(feature = "ssr")]
mod server_side {
    use super::{Access, Guarded};
    use crate::failure::Failure;
    use desk::{
        account::Actor,
        problem::Problem,
        server::{Desk, ports::storage::Session},
    };
    use leptos::prelude::use_context;
    use std::sync::Arc;

    /// Who is asking, as the HTTP layer found out from the session cookie; put into the request's extensions.
    #[derive(Clone, Debug)]
    pub struct Caller {
        /// The session, when there is one.
        pub session: Option<Session>,
        /// The token of that session, to end it.
        pub token: Option<String>,
    }

    impl Caller {
        /// The actor of the session, if it may do this.
        pub fn may(&self, access: Access) -> Result<Option<Actor>, Problem> {
            let actor = self.session.as_ref().map(Session::actor);
            match (access, actor) {
                (Access::Public, actor) => Ok(actor),
                (_, None) => Err(Problem::SignedOut),
                (Access::SignedIn, actor) => Ok(actor),
                (Access::Needs(permission), Some(actor)) => {
                    if actor.role.may(permission) {
                        Ok(Some(actor))
                    } else {
                        Err(Problem::Forbidden { permission })
                    }
                }
            }
        }
    }

    /// The address that a call came from, for counting tries.
    #[derive(Clone, Debug)]
    pub struct Peer(pub String);

    /// Every rule, by path.
    pub fn rules() -> impl Iterator<Item = (&'static str, Access)> {
        [
            crate::account::api::RULES,
            crate::bulk::api::RULES,
            crate::codes::api::RULES,
            crate::connections::api::RULES,
            crate::journal::api::RULES,
            crate::orders::api::RULES,
            crate::packing::api::RULES,
            crate::orders::api::leaving::RULES,
            crate::suz::api::RULES,
            crate::suz::api::orders::RULES,
            crate::suz::api::stock::RULES,
        ]
        .into_iter()
        .flatten()
        .copied()
    }

    /// The rule of a path, if there is one.
    pub fn rule_of(path: &str) -> Option<Access> {
        rules()
            .find(|(known, _)| *known == path)
            .map(|(_, access)| access)
    }

    /// The use cases.
    pub fn desk() -> Result<Arc<Desk>, Failure> {
        use_context::<Arc<Desk>>()
            .ok_or_else(|| Failure::Call("the server was wired without its desk".into()))
    }

    fn extension<T: Clone + Send + Sync + 'static>() -> Option<T> {
        use_context::<http::request::Parts>()?
            .extensions
            .get::<T>()
            .cloned()
    }

    /// Who is asking.
    pub fn caller() -> Caller {
        extension().unwrap_or(Caller {
            session: None,
            token: None,
        })
    }

    /// The address that the call came from.
    pub fn peer() -> String {
        extension::<Peer>().map_or_else(|| "unknown".to_owned(), |peer| peer.0)
    }

    /// The first line of every server function that is not public: the use cases and the one who asks.
    pub fn authorise<F: Guarded>() -> Result<(Arc<Desk>, Actor), Failure> {
        let actor = caller().may(F::ACCESS)?.ok_or(Problem::SignedOut)?;
        Ok((desk()?, actor))
    }
}

#[cfg(all(test, feature = "ssr"))]
mod tests {
    use super::{rule_of, rules};
    use std::collections::HashSet;

    #[test]
    fn every_server_function_there_is_declares_its_access() {
        let paths: Vec<&str> = server_fn::axum::server_fn_paths()
            .map(|(path, _)| path)
            .collect();
        assert!(
            paths.len() > 10,
            "the list of server functions was not found: {paths:?}"
        );
        for path in &paths {
            assert!(rule_of(path).is_some(), "{path} declares no access");
        }
        assert_eq!(
            rules().count(),
            paths.iter().collect::<HashSet<_>>().len(),
            "a rule without a function, or twice"
        );
    }

    #[test]
    fn every_path_is_spelled_by_hand_so_that_a_page_from_before_a_deploy_still_works() {
        for (path, _) in rules() {
            let name = path.strip_prefix("/api/").unwrap_or_default();
            assert!(
                name.contains('/')
                    && name
                        .chars()
                        .all(|c| c.is_ascii_lowercase() || matches!(c, '/' | '_')),
                "{path} looks like a default endpoint, whose hash changes with the build"
            );
        }
    }
}
