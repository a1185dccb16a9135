//! Passwords: Argon2id with the crate's recommended cost, off the async threads.

use super::{internal::internal, ports::clock::Entropy};
use crate::problem::Problem;
use argon2::{
    Argon2,
    password_hash::{PasswordHasher, PasswordVerifier, phc::PasswordHash},
};

/// Fewest characters of a password.
pub(super) const LEAST: u32 = 10;

/// A hash that no password has: checked when the address is unknown, so that the answer takes as long.
const NOBODY: &str = "$argon2id$v=19$m=19456,t=2,p=1$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";

/// Hashes a password into a PHC string.
pub(super) async fn hash(password: String, entropy: &dyn Entropy) -> Result<String, Problem> {
    let mut salt = [0; 16];
    entropy.fill(&mut salt)?;
    blocking(move || {
        Argon2::default()
            .hash_password_with_salt(password.as_bytes(), &salt)
            .map(|hash| hash.to_string())
            .map_err(|error| internal(&error))
    })
    .await?
}

/// Whether the password is the one of the hash. `None` stands for a person who does not exist.
pub(super) async fn matches(password: String, hash: Option<String>) -> Result<bool, Problem> {
    blocking(move || {
        let exists = hash.is_some();
        let text = hash.unwrap_or_else(|| NOBODY.to_owned());
        let parsed = PasswordHash::new(&text).map_err(|error| internal(&error))?;
        let right = Argon2::default()
            .verify_password(password.as_bytes(), &parsed)
            .is_ok();
        Ok(right && exists)
    })
    .await?
}

async fn blocking<T: Send + 'static>(
    work: impl FnOnce() -> T + Send + 'static,
) -> Result<T, Problem> {
    tokio::task::spawn_blocking(work)
        .await
        .map_err(|error| internal(&error))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::server::ports::clock::EntropyError;

    struct Counting;

    impl Entropy for Counting {
        fn fill(&self, buffer: &mut [u8]) -> Result<(), EntropyError> {
            buffer.iter_mut().zip(1..).for_each(|(byte, n)| *byte = n);
            Ok(())
        }
    }

    #[tokio::test]
    async fn a_password_matches_its_own_hash_only() {
        let hash = hash("долгий пароль".into(), &Counting).await.unwrap();
        assert!(hash.starts_with("$argon2id$"), "{hash}");
        assert!(
            matches("долгий пароль".into(), Some(hash.clone()))
                .await
                .unwrap()
        );
        assert!(!matches("другой пароль".into(), Some(hash)).await.unwrap());
    }

    #[tokio::test]
    async fn nobody_has_no_password() {
        assert!(!matches(String::new(), None).await.unwrap());
    }
}
