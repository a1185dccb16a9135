//! Words of signing in and up.

use super::{plural, texts};
use cis::Lang;

texts! {
    sign_in: "Вход", "Sign in";
    sign_in_act: "Войти", "Sign in";
    sign_up: "Регистрация", "Sign up";
    sign_up_act: "Создать", "Create";
    email: "Почта", "Email";
    password: "Пароль", "Password";
    organisation: "Название магазина или организации", "Name of the shop or organisation";
    no_account: "Ещё нет учётной записи?", "No account yet?";
    to_sign_up: "Зарегистрироваться", "Sign up";
    have_account: "Уже есть учётная запись?", "Have an account already?";
    to_sign_in: "Войти", "Sign in";
    organisation_hint: "Его увидят ваши коллеги. Юридические лица и ключи Маркета добавите потом.",
        "Your colleagues will see it. Legal entities and Market keys are added later.";
}

/// The shortest password that is taken.
pub(crate) const SHORTEST_PASSWORD: u32 = 10;

/// The rule of passwords.
pub(crate) fn password_rule(lang: Lang) -> String {
    let least = SHORTEST_PASSWORD;
    match lang {
        Lang::Ru => format!(
            "Не меньше {least} {}.",
            plural(least, "символа", "символов", "символов")
        ),
        Lang::En => format!("At least {least} characters."),
    }
}
