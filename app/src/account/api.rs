//! Server functions of accounts.

use crate::wire::JsonAnswer;
use crate::{
    failure::Failure,
    guard::Access::{Public, SignedIn},
};
use desk::account::Profile;
use leptos::prelude::*;

crate::guarded! {
    SignUp: Public;
    SignIn: Public;
    SignOut: SignedIn;
    WhoAmI: Public;
}

/// Makes an organisation with its owner and signs the owner in.
#[server(endpoint = "account/sign_up", output = JsonAnswer)]
pub async fn sign_up(organisation: String, email: String, password: String) -> Result<(), Failure> {
    let session = crate::guard::desk()?
        .sign_up(&organisation, &email, &password, &crate::guard::peer())
        .await?;
    crate::cookie::set_session(&session);
    leptos_axum::redirect("/connections");
    Ok(())
}

/// Signs in.
#[server(endpoint = "account/sign_in", output = JsonAnswer)]
pub async fn sign_in(email: String, password: String) -> Result<(), Failure> {
    let session = crate::guard::desk()?
        .sign_in(&email, &password, &crate::guard::peer())
        .await?;
    crate::cookie::set_session(&session);
    leptos_axum::redirect("/orders");
    Ok(())
}

/// Signs out: the session is ended on the server too.
#[server(endpoint = "account/sign_out", output = JsonAnswer)]
pub async fn sign_out() -> Result<(), Failure> {
    let (desk, _) = crate::guard::authorise::<SignOut>()?;
    if let Some(token) = crate::guard::caller().token {
        desk.sign_out(&token).await?;
    }
    crate::cookie::clear_session();
    leptos_axum::redirect("/signin");
    Ok(())
}

/// Who is signed in, for the frame of every page; nobody is no error.
#[server(endpoint = "account/who", output = JsonAnswer)]
pub async fn who_am_i() -> Result<Option<Profile>, Failure> {
    match crate::guard::caller().session {
        Some(session) => Ok(Some(crate::guard::desk()?.profile(&session).await?)),
        None => Ok(None),
    }
}
