//! The master key, and sealing with it.

use base64::{Engine as _, engine::general_purpose::STANDARD};
use chacha20poly1305::{
    XChaCha20Poly1305, XNonce,
    aead::{Aead, KeyInit, Payload},
};
use desk::{
    ids::{MarketplaceConnectionId, OrganisationId},
    server::ports::{storage::StoreError, suz::Door},
};
use secrecy::{ExposeSecret, SecretString};
use std::{
    fmt,
    fs::{self, File, OpenOptions},
    io::{self, Read, Write},
    path::{Path, PathBuf},
};
use zeroize::Zeroizing;

const KEY_BYTES: usize = 32;
const NONCE_BYTES: usize = 24;

/// The form of a sealed secret: what follows is base64 of nonce and ciphertext.
const VERSION: &str = "v1:";

/// Why there is no master key.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum KeyringError {
    /// The file could not be read or made.
    #[error("master key {path}: {source}")]
    File {
        /// The file.
        path: PathBuf,
        /// What the system said.
        #[source]
        source: io::Error,
    },
    /// Others than its owner may read the file.
    #[error(
        "master key {path} can be read by others than its owner (mode {mode:o}); run `chmod 600` on it"
    )]
    Shared {
        /// The file.
        path: PathBuf,
        /// Its permission bits.
        mode: u32,
    },
    /// The file holds something else.
    #[error("master key {path} is not 64 hexadecimal digits")]
    Malformed {
        /// The file.
        path: PathBuf,
    },
    /// The operating system gave no random bytes.
    #[error("no random bytes for a master key: {0}")]
    Entropy(getrandom::Error),
}

/// The master key. Secrets are sealed with XChaCha20-Poly1305
/// ([draft-irtf-cfrg-xchacha](https://datatracker.ietf.org/doc/html/draft-irtf-cfrg-xchacha)) under a random nonce and
/// bound to their organisation and connection, so that a sealed text copied into another row does not open.
///
/// Printing it shows nothing of the key, and its memory is wiped when it is dropped.
pub struct Keyring {
    master: Zeroizing<[u8; KEY_BYTES]>,
}

impl fmt::Debug for Keyring {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Keyring(…)")
    }
}

impl Keyring {
    /// A keyring of a key that is already at hand.
    pub fn from_key(key: [u8; KEY_BYTES]) -> Self {
        Self {
            master: Zeroizing::new(key),
        }
    }

    /// Reads the master key file, or makes it (mode 0600) when it is not there.
    ///
    /// The new file appears under its name whole and only if the name is free, so of two first starts both end up
    /// with one key. Whoever loses the file loses every secret sealed with it.
    ///
    /// # Errors
    /// When the file cannot be read or made, can be read by others, or is no key.
    pub fn open_or_create(path: &Path) -> Result<Self, KeyringError> {
        match File::open(path) {
            Ok(file) => Self::read(path, file),
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                Self::create(path)?;
                let file = File::open(path).map_err(|source| file_error(path, source))?;
                Self::read(path, file)
            }
            Err(source) => Err(file_error(path, source)),
        }
    }

    fn read(path: &Path, mut file: File) -> Result<Self, KeyringError> {
        let metadata = file.metadata().map_err(|source| file_error(path, source))?;
        if let Some(mode) = shared_mode(&metadata) {
            return Err(KeyringError::Shared {
                path: path.to_owned(),
                mode,
            });
        }
        let mut text = Zeroizing::new(String::new());
        file.read_to_string(&mut text)
            .map_err(|source| file_error(path, source))?;
        let mut master = Zeroizing::new([0; KEY_BYTES]);
        if decode_hex(text.trim(), &mut master) {
            Ok(Self { master })
        } else {
            Err(KeyringError::Malformed {
                path: path.to_owned(),
            })
        }
    }

    /// Writes a fresh key beside its place, then links it there: the link fails if another start was faster, and
    /// then that one's key is the key.
    fn create(path: &Path) -> Result<(), KeyringError> {
        let mut key = Zeroizing::new([0; KEY_BYTES]);
        getrandom::fill(key.as_mut_slice()).map_err(KeyringError::Entropy)?;
        let mut suffix = [0; 8];
        getrandom::fill(&mut suffix).map_err(KeyringError::Entropy)?;
        let mut draft = path.as_os_str().to_owned();
        draft.push(format!(".{}", encode_hex(&suffix).as_str()));
        let draft = PathBuf::from(draft);

        let written = write_private(&draft, encode_hex(key.as_slice()).as_bytes());
        let linked = written.and_then(|()| match fs::hard_link(&draft, path) {
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => Ok(()),
            other => other,
        });
        let removed = fs::remove_file(&draft);
        linked
            .and(removed)
            .and_then(|()| sync_folder_of(path))
            .map_err(|source| file_error(path, source))
    }

    /// Seals a secret of a connection.
    pub(crate) fn seal(
        &self,
        organisation: OrganisationId,
        connection: MarketplaceConnectionId,
        secret: &SecretString,
    ) -> Result<String, StoreError> {
        self.seal_for(&bound_to(organisation, connection), secret)
    }

    /// Seals the secret of a connection's address for notifications; a sealed key does not open as one, nor the
    /// other way round.
    pub(crate) fn seal_hook(
        &self,
        organisation: OrganisationId,
        connection: MarketplaceConnectionId,
        secret: &SecretString,
    ) -> Result<String, StoreError> {
        self.seal_for(&hook_bound_to(organisation, connection), secret)
    }

    /// Opens what [`Self::seal_hook`] made.
    pub(crate) fn open_hook(
        &self,
        organisation: OrganisationId,
        connection: MarketplaceConnectionId,
        sealed: &str,
    ) -> Result<SecretString, StoreError> {
        self.open_for(&hook_bound_to(organisation, connection), sealed)
    }

    /// Seals a token of СУЗ or True API under the door that it opens.
    pub(crate) fn seal_token(
        &self,
        organisation: OrganisationId,
        door: Door,
        secret: &SecretString,
    ) -> Result<String, StoreError> {
        self.seal_for(&token_bound_to(organisation, door), secret)
    }

    /// Opens what [`Self::seal_token`] made.
    pub(crate) fn open_token(
        &self,
        organisation: OrganisationId,
        door: Door,
        sealed: &str,
    ) -> Result<SecretString, StoreError> {
        self.open_for(&token_bound_to(organisation, door), sealed)
    }

    fn seal_for(&self, bound_to: &str, secret: &SecretString) -> Result<String, StoreError> {
        let mut nonce = [0; NONCE_BYTES];
        getrandom::fill(&mut nonce).map_err(crate::statement::database)?;
        let message = Payload {
            msg: secret.expose_secret().as_bytes(),
            aad: bound_to.as_bytes(),
        };
        let sealed = self
            .cipher()
            .encrypt(&XNonce::from(nonce), message)
            .map_err(|_| StoreError::Sealed)?;
        Ok(format!(
            "{VERSION}{}",
            STANDARD.encode([nonce.as_slice(), &sealed].concat())
        ))
    }

    /// Opens what [`Self::seal`] made for the same connection with the same key.
    pub(crate) fn open(
        &self,
        organisation: OrganisationId,
        connection: MarketplaceConnectionId,
        sealed: &str,
    ) -> Result<SecretString, StoreError> {
        self.open_for(&bound_to(organisation, connection), sealed)
    }

    fn open_for(&self, bound_to: &str, sealed: &str) -> Result<SecretString, StoreError> {
        let bytes = sealed
            .strip_prefix(VERSION)
            .and_then(|text| STANDARD.decode(text).ok())
            .ok_or(StoreError::Sealed)?;
        let (nonce, message) = bytes
            .split_first_chunk::<NONCE_BYTES>()
            .ok_or(StoreError::Sealed)?;
        let message = Payload {
            msg: message,
            aad: bound_to.as_bytes(),
        };
        let secret = self
            .cipher()
            .decrypt(&XNonce::from(*nonce), message)
            .map_err(|_| StoreError::Sealed)?;
        let secret = Zeroizing::new(secret);
        std::str::from_utf8(&secret)
            .map(SecretString::from)
            .map_err(|_| StoreError::Sealed)
    }

    fn cipher(&self) -> XChaCha20Poly1305 {
        XChaCha20Poly1305::new((&*self.master).into())
    }
}

fn bound_to(organisation: OrganisationId, connection: MarketplaceConnectionId) -> String {
    format!("{organisation}/{connection}")
}

fn hook_bound_to(organisation: OrganisationId, connection: MarketplaceConnectionId) -> String {
    format!("{organisation}/{connection}/hook")
}

fn token_bound_to(organisation: OrganisationId, door: Door) -> String {
    format!("{organisation}/{}/{}", door.holder(), door.kind().as_str())
}

fn file_error(path: &Path, source: io::Error) -> KeyringError {
    KeyringError::File {
        path: path.to_owned(),
        source,
    }
}

fn encode_hex(bytes: &[u8]) -> Zeroizing<String> {
    let digit = |nibble: u8| char::from_digit(u32::from(nibble), 16);
    Zeroizing::new(
        bytes
            .iter()
            .flat_map(|byte| [digit(byte >> 4), digit(byte & 15)])
            .flatten()
            .collect(),
    )
}

/// Fills the key from hexadecimal digits; false when they are not digits or not as many.
fn decode_hex(text: &str, key: &mut [u8; KEY_BYTES]) -> bool {
    let digits: Zeroizing<Vec<u8>> = Zeroizing::new(
        text.chars()
            .map_while(|c| c.to_digit(16).and_then(|digit| u8::try_from(digit).ok()))
            .collect(),
    );
    let whole = digits.len() == KEY_BYTES * 2 && text.len() == KEY_BYTES * 2;
    for (byte, pair) in key.iter_mut().zip(digits.chunks_exact(2)) {
        if let [high, low] = pair {
            *byte = high << 4 | low;
        }
    }
    whole
}

fn write_private(path: &Path, text: &[u8]) -> io::Result<()> {
    let mut file = private(OpenOptions::new().write(true).create_new(true)).open(path)?;
    file.write_all(text)?;
    file.write_all(b"\n")?;
    file.sync_all()
}

/// Lets nobody but the owner read a file that these options create.
#[cfg(unix)]
pub(crate) fn private(options: &mut OpenOptions) -> &mut OpenOptions {
    use std::os::unix::fs::OpenOptionsExt;
    options.mode(0o600)
}

/// Permission bits exist on Unix only; elsewhere the folder's own rights protect the file.
#[cfg(not(unix))]
pub(crate) fn private(options: &mut OpenOptions) -> &mut OpenOptions {
    options
}

#[cfg(unix)]
fn shared_mode(metadata: &fs::Metadata) -> Option<u32> {
    use std::os::unix::fs::PermissionsExt;
    let mode = metadata.permissions().mode() & 0o777;
    (mode & 0o077 != 0).then_some(mode)
}

#[cfg(not(unix))]
fn shared_mode(_: &fs::Metadata) -> Option<u32> {
    None
}

/// Makes the file's name itself durable.
#[cfg(unix)]
fn sync_folder_of(path: &Path) -> io::Result<()> {
    let folder = path
        .parent()
        .filter(|folder| !folder.as_os_str().is_empty())
        .unwrap_or(Path::new("."));
    File::open(folder)?.sync_all()
}

#[cfg(not(unix))]
fn sync_folder_of(_: &Path) -> io::Result<()> {
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn organisation(n: u8) -> OrganisationId {
        OrganisationId::from_parts(1, [n; 10])
    }

    fn connection(n: u8) -> MarketplaceConnectionId {
        MarketplaceConnectionId::from_parts(1, [n; 10])
    }

    fn secret() -> SecretString {
        SecretString::from("ACMA:0123456789:key")
    }

    #[test]
    fn what_is_sealed_opens_with_the_same_key_for_the_same_connection_only() {
        let ring = Keyring::from_key([7; 32]);
        let sealed = ring
            .seal(organisation(1), connection(1), &secret())
            .unwrap();
        let opened = ring.open(organisation(1), connection(1), &sealed).unwrap();
        assert_eq!(opened.expose_secret(), secret().expose_secret());
        for (organisation, connection) in [
            (organisation(2), connection(1)),
            (organisation(1), connection(2)),
        ] {
            assert!(matches!(
                ring.open(organisation, connection, &sealed),
                Err(StoreError::Sealed)
            ));
        }
        let other = Keyring::from_key([8; 32]);
        assert!(matches!(
            other.open(organisation(1), connection(1), &sealed),
            Err(StoreError::Sealed)
        ));
    }

    #[test]
    fn a_damaged_or_foreign_text_does_not_open() {
        let ring = Keyring::from_key([7; 32]);
        let sealed = ring
            .seal(organisation(1), connection(1), &secret())
            .unwrap();
        let cut = sealed.strip_suffix(|_: char| true).unwrap();
        for text in ["", "v1:", "v2:AAAA", "v1:AAAA", "v1:***", cut] {
            assert!(
                matches!(
                    ring.open(organisation(1), connection(1), text),
                    Err(StoreError::Sealed)
                ),
                "{text}"
            );
        }
    }

    #[test]
    fn the_same_secret_is_sealed_otherwise_each_time_and_never_shows() {
        let ring = Keyring::from_key([7; 32]);
        let one = ring
            .seal(organisation(1), connection(1), &secret())
            .unwrap();
        let other = ring
            .seal(organisation(1), connection(1), &secret())
            .unwrap();
        assert_ne!(one, other);
        assert!(one.starts_with("v1:") && !one.contains("0123456789"));
        assert_eq!(format!("{ring:?}"), "Keyring(…)");
    }

    #[test]
    fn the_file_is_made_once_and_read_afterwards() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("master.key");
        let first = Keyring::open_or_create(&path).unwrap();
        let again = Keyring::open_or_create(&path).unwrap();
        assert_eq!(*first.master, *again.master);
        assert_ne!(*first.master, [0; 32]);
        assert_eq!(
            fs::read_dir(folder.path()).unwrap().count(),
            1,
            "no draft stays behind"
        );
    }

    #[test]
    fn starts_that_meet_end_up_with_one_key() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("master.key");
        let keys: Vec<[u8; 32]> = std::thread::scope(|scope| {
            let starts: Vec<_> = (0..8)
                .map(|_| scope.spawn(|| *Keyring::open_or_create(&path).unwrap().master))
                .collect();
            starts
                .into_iter()
                .map(|start| start.join().unwrap())
                .collect()
        });
        assert!(keys.iter().all(|key| Some(key) == keys.first()));
    }

    #[cfg(unix)]
    #[test]
    fn a_file_that_others_may_read_is_refused_with_the_remedy() {
        use std::os::unix::fs::PermissionsExt;
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("master.key");
        Keyring::open_or_create(&path).unwrap();
        assert_eq!(
            fs::metadata(&path).unwrap().permissions().mode() & 0o777,
            0o600
        );
        fs::set_permissions(&path, fs::Permissions::from_mode(0o640)).unwrap();
        let error = Keyring::open_or_create(&path).unwrap_err().to_string();
        assert!(
            error.contains("mode 640") && error.contains("chmod 600"),
            "{error}"
        );
    }

    #[test]
    fn a_file_that_is_no_key_is_refused_and_left_alone() {
        let folder = tempfile::tempdir().unwrap();
        for (name, text) in [
            ("empty", String::new()),
            ("short", "ab".into()),
            ("words", "zz".repeat(32)),
            ("long", "ab".repeat(33)),
        ] {
            let path = folder.path().join(name);
            write_private(&path, text.as_bytes()).unwrap();
            assert!(
                matches!(
                    Keyring::open_or_create(&path),
                    Err(KeyringError::Malformed { .. })
                ),
                "{name}"
            );
            assert_eq!(fs::read_to_string(&path).unwrap().trim_end(), text);
        }
    }
}
