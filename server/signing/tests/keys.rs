//! Signatures of both kinds of key, judged by OpenSSL: P-256 of the demo key, and GOST R 34.10-2012 behind an operator's
//! command, which needs OpenSSL's GOST engine (Debian: `libengine-gost-openssl`).
#![cfg(test)]

use desk::{
    ids::{LegalEntityId, OrganisationId},
    legal_entity::LegalEntity,
    server::ports::signing::{KeyPlace, Signatory, Signers as _, SigningError},
    suz::SignatureKind::{self, Attached, Detached},
    time::Timestamp,
};
use signing::ServerSigners;
use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
};
use tempfile::TempDir;

const INN: &str = "7707083893";
const NOW: Timestamp = Timestamp(1_795_000_000_000);
const OURS: &str = "01890000-0000-7000-8000-000000000001";

fn entity(inn: Option<&str>) -> LegalEntity {
    LegalEntity {
        id: LegalEntityId::from_parts(0, [0; 10]),
        name: "ООО «Ромашка»".into(),
        inn: inn.map(|inn| inn.parse().unwrap()),
        kpp: None,
    }
}

fn who(entity: &LegalEntity, place: KeyPlace) -> Signatory<'_> {
    Signatory {
        organisation: OURS.parse::<OrganisationId>().unwrap(),
        entity,
        place,
    }
}

/// A folder with OpenSSL's settings in it.
struct OpenSsl(TempDir);

impl OpenSsl {
    fn new() -> Self {
        let folder = TempDir::new().unwrap();
        let settings = "openssl_conf = all\noid_section = oids\n[all]\nengines = engines\n[engines]\ngost = gost\n\
            [gost]\nengine_id = gost\ndefault_algorithms = ALL\n[oids]\nINNLE = 1.2.643.100.4\n\
            [req]\ndistinguished_name = dn\n[dn]\n";
        fs::write(folder.path().join("openssl.cnf"), settings).unwrap();
        Self(folder)
    }

    fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    fn run(&self, arguments: &[&str]) -> Result<Vec<u8>, String> {
        let output = Command::new("openssl")
            .args(arguments)
            .current_dir(self.0.path())
            .env("OPENSSL_CONF", self.path("openssl.cnf"))
            .output()
            .unwrap();
        if output.status.success() {
            Ok(output.stdout)
        } else {
            Err(String::from_utf8_lossy(&output.stderr).into_owned())
        }
    }

    /// A GOST key with a certificate of its own, valid around today by the machine's clock.
    fn gost() -> Self {
        let openssl = Self::new();
        openssl
            .run(&[
                "genpkey",
                "-algorithm",
                "gost2012_256",
                "-pkeyopt",
                "paramset:A",
                "-out",
                "key.pem",
            ])
            .expect("OpenSSL's GOST engine is needed: apt-get install libengine-gost-openssl");
        let subject = format!("/INNLE={INN}/CN=ООО Ромашка");
        openssl
            .run(&[
                "req",
                "-x509",
                "-new",
                "-key",
                "key.pem",
                "-days",
                "365",
                "-utf8",
                "-subj",
                &subject,
                "-config",
                "openssl.cnf",
                "-out",
                "cert.pem",
            ])
            .unwrap();
        openssl
    }

    /// Whether OpenSSL believes a signature; the chain of certificates is not the question here.
    fn believes(&self, kind: SignatureKind, content: &[u8], base64: &str) -> Result<(), String> {
        fs::write(self.path("content"), content).unwrap();
        fs::write(self.path("signature.b64"), base64).unwrap();
        self.run(&[
            "base64",
            "-d",
            "-A",
            "-in",
            "signature.b64",
            "-out",
            "signature.der",
        ])?;
        let mut arguments = vec![
            "cms",
            "-verify",
            "-binary",
            "-noverify",
            "-inform",
            "DER",
            "-in",
            "signature.der",
        ];
        if kind == Detached {
            arguments.extend(["-content", "content"]);
        }
        let inside = self.run(&arguments)?;
        if inside == content {
            Ok(())
        } else {
            Err("another content".into())
        }
    }
}

#[tokio::test]
async fn openssl_believes_the_demo_key() {
    let (openssl, entity) = (OpenSsl::new(), entity(Some(INN)));
    let signers = ServerSigners::none().with_demo_key();
    let who = who(&entity, KeyPlace::Demo);
    let content = "{\"a\":\"\u{1d}\"}".as_bytes();
    for kind in [Attached, Detached] {
        let signature = signers.sign(who, kind, content, NOW).await.unwrap();
        assert!(!signature.contains(char::is_whitespace));
        openssl.believes(kind, content, &signature).unwrap();
        let read = signers.read(kind, content, &signature).unwrap();
        assert_eq!(
            Some(&read),
            signers.certificate(who, NOW).await.unwrap().as_ref()
        );
        assert_eq!((read.inn.as_deref(), read.company), (Some(INN), true));
        assert_eq!(read.owner, entity.name);
    }
    let signature = signers.sign(who, Detached, content, NOW).await.unwrap();
    openssl.believes(Detached, b"{}", &signature).unwrap_err();
}

#[tokio::test]
async fn the_demo_key_signs_for_nobody_without_the_sandbox_or_without_an_inn() {
    let nobody = entity(None);
    let somebody = entity(Some("500100732259"));
    let cases = [
        (ServerSigners::none(), &somebody),
        (ServerSigners::none().with_demo_key(), &nobody),
    ];
    for (signers, entity) in cases {
        let who = who(entity, KeyPlace::Demo);
        assert_eq!(signers.certificate(who, NOW).await, Ok(None));
        assert_eq!(
            signers.sign(who, Attached, b"x", NOW).await,
            Err(SigningError::NotBound)
        );
    }
    let signers = ServerSigners::none().with_demo_key();
    let person = signers
        .certificate(who(&somebody, KeyPlace::Demo), NOW)
        .await
        .unwrap()
        .unwrap();
    assert_eq!(
        (person.inn.as_deref(), person.company),
        (Some("500100732259"), false)
    );
}

#[tokio::test]
async fn a_signature_of_another_kind_or_document_is_not_taken() {
    let entity = entity(Some(INN));
    let signers = ServerSigners::none().with_demo_key();
    let who = who(&entity, KeyPlace::Demo);
    let attached = signers.sign(who, Attached, b"one", NOW).await.unwrap();
    let detached = signers.sign(who, Detached, b"one", NOW).await.unwrap();
    let broken = "TUlJ";
    for (kind, content, signature) in [
        (Detached, "one", &*attached),
        (Attached, "one", &*detached),
        (Attached, "two", &*attached),
        (Attached, "one", broken),
        (Attached, "one", "не base64"),
    ] {
        let read = signers.read(kind, content.as_bytes(), signature);
        assert!(
            matches!(read, Err(SigningError::NotASignature { .. })),
            "{read:?}"
        );
    }
    let lines: Vec<&[u8]> = attached.as_bytes().chunks(64).collect();
    let wrapped = String::from_utf8(lines.join(&b"\r\n"[..])).unwrap();
    assert!(signers.read(Attached, b"one", &wrapped).is_ok());
}

/// The operator's file for OpenSSL as the command, with the key of this folder.
fn file_of(openssl: &OpenSsl, organisation: &str, more: &str) -> PathBuf {
    let path = |name: &str| openssl.path(name).display().to_string();
    let command = |kind: &str| {
        format!(
            r#"["/usr/bin/env", "OPENSSL_CONF={}", "openssl", "cms", "-sign", "-binary", "-cades", {kind} "-md", "md_gost12_256",
                "-signer", "{}", "-inkey", "{}", "-outform", "DER", "-in", "{{in}}", "-out", "{{out}}"]"#,
            path("openssl.cnf"),
            path("cert.pem"),
            path("key.pem"),
        )
        .replace('\n', " ")
    };
    let text = format!(
        "[[signer]]\norganisation = \"{organisation}\"\ncertificate = \"{}\"\nattached = {}\ndetached = {}\n{more}\n",
        path("cert.pem"),
        command("\"-nodetach\","),
        command(""),
    );
    let file = openssl.path("signers.toml");
    fs::write(&file, text).unwrap();
    file
}

#[tokio::test]
async fn a_command_signs_by_gost_and_one_changed_byte_is_seen() {
    let openssl = OpenSsl::gost();
    let signers = ServerSigners::read(&file_of(&openssl, OURS, "")).unwrap();
    let entity = entity(Some(INN));
    let who = who(&entity, KeyPlace::Server);
    let certificate = signers.certificate(who, NOW).await.unwrap().unwrap();
    assert_eq!(
        (certificate.inn.as_deref(), &*certificate.owner),
        (Some(INN), "ООО Ромашка")
    );
    assert!(certificate.from < Some(certificate.until));
    for kind in [Attached, Detached] {
        let content = b"GNUFBAZBTHKXVGDQ".to_vec();
        let signature = signers.sign(who, kind, &content, NOW).await.unwrap();
        openssl.believes(kind, &content, &signature).unwrap();
        assert_eq!(
            signers.read(kind, &content, &signature),
            Ok(certificate.clone())
        );
        let mut other = content;
        other[3] ^= 1;
        openssl.believes(kind, &other, &signature).unwrap_err();
    }
}

#[tokio::test]
async fn a_command_signs_for_its_organisation_alone() {
    let openssl = OpenSsl::gost();
    let theirs = "01890000-0000-7000-8000-000000000002";
    let signers = ServerSigners::read(&file_of(&openssl, theirs, "")).unwrap();
    let entity = entity(Some(INN));
    let who = who(&entity, KeyPlace::Server);
    assert_eq!(signers.certificate(who, NOW).await, Ok(None));
    assert_eq!(
        signers.sign(who, Detached, b"x", NOW).await,
        Err(SigningError::NotBound)
    );
}

#[tokio::test]
async fn what_a_command_complains_of_is_told() {
    let openssl = OpenSsl::gost();
    let signers = ServerSigners::read(&file_of(&openssl, OURS, "")).unwrap();
    fs::remove_file(openssl.path("key.pem")).unwrap();
    let entity = entity(Some(INN));
    let error = signers
        .sign(who(&entity, KeyPlace::Server), Detached, b"x", NOW)
        .await;
    let Err(SigningError::Failed { said }) = error else {
        panic!("{error:?}");
    };
    assert!(said.contains("key.pem"), "{said}");
}

#[test]
fn a_missing_file_is_named() {
    let error = ServerSigners::read(Path::new("/nowhere/signers.toml")).unwrap_err();
    assert!(
        error.to_string().contains("/nowhere/signers.toml"),
        "{error}"
    );
}
