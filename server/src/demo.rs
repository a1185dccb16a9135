//! The demo organisation: a shop with orders in the sandbox, so that a newcomer can work at once.

use desk::{
    problem::Problem,
    server::{Desk, connections::OwnerForm, ports::storage::Session},
};

/// The demo user's address.
pub const EMAIL: &str = "demo@metka.local";
/// The demo user's password; it opens nothing but the sandbox, and only on this machine.
pub const PASSWORD: &str = "metka-demo";
const ORGANISATION: &str = "ООО «Обувь на Лиговке»";

/// Makes the demo organisation and connects the sandbox's cabinet, unless that was done by an earlier start.
pub async fn prepare(desk: &Desk) -> Result<(), Problem> {
    match desk.create_owner(ORGANISATION, EMAIL, PASSWORD).await {
        Ok(_) | Err(Problem::EmailTaken) => {}
        Err(problem) => return Err(problem),
    }
    let session = desk.sign_in(EMAIL, PASSWORD, "demo").await?;
    let session = desk
        .session(&session.token)
        .await?
        .ok_or(Problem::SignedOut)?;
    let actor = Session::actor(&session);
    if desk.connections(&actor).await?.connections.is_empty() {
        let owner = OwnerForm {
            name: ORGANISATION.into(),
            inn: "7736207543".into(),
            kpp: String::new(),
        };
        desk.add_connection(&actor, sandbox::DEMO_API_KEY.into(), "", &owner)
            .await?;
    }
    Ok(())
}
