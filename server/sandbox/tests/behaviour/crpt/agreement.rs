//! A hundred signatures, good and spoiled, judged by the sandbox and by `openssl cms -verify`.

use base64::{Engine, engine::general_purpose::STANDARD};
use sandbox::{Clock, DEMO_INN, DEMO_OMS_ID, Sandbox, World};

use super::{
    demo_inn,
    openssl::{KeyFile, Kind, need_gost},
};

const MESSAGE_DIGEST: &[u8] = &[0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x09, 0x04];
const CONTENT_TYPE: &[u8] = &[0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x09, 0x03];
const SIGNING_TIME: &[u8] = &[0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x09, 0x05];
const SIGNING_CERTIFICATE: &[u8] = &[
    0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x09, 0x10, 0x02, 0x2f,
];

/// A signature with what it is said to be over.
struct Case {
    what: String,
    good: bool,
    message: Vec<u8>,
    body: Vec<u8>,
}

/// The keys of one kind: the company's, and a stranger's whose certificate calls itself the same.
struct Keys {
    kind: Kind,
    company: KeyFile,
    stranger: KeyFile,
}

impl Keys {
    /// The right signature of some body, with what is done to it.
    fn case(
        &self,
        number: usize,
        what: &str,
        spoil: impl FnOnce(&mut Vec<u8>, &mut Vec<u8>),
    ) -> Case {
        let mut body = format!(r#"{{"productGroup":"lp","number":{number}}}"#).into_bytes();
        let mut message = self.company.sign(&body, &[]);
        spoil(&mut message, &mut body);
        Case {
            what: format!("{:?}: {what}", self.kind),
            good: false,
            message,
            body,
        }
    }

    fn cases(&self) -> Vec<Case> {
        let mut cases = Vec::new();
        for number in 0..11 {
            cases.push(Case {
                good: true,
                ..self.case(number, "good", |_, _| {})
            });
        }
        cases.push(Case {
            good: true,
            ..self.case(0, "good, BER", |message, _| *message = loosened(message))
        });
        for place in [0, 5, 20] {
            cases.push(self.case(place, "content changed", |_, body| body[place] ^= 0x20));
        }
        cases.push(self.case(0, "content longer", |_, body| body.push(b'\n')));
        cases.push(self.case(0, "content shorter", |_, body| body.truncate(9)));
        for (name, oid) in [
            ("content-type", CONTENT_TYPE),
            ("message-digest", MESSAGE_DIGEST),
            ("signing-time", SIGNING_TIME),
            ("signing-certificate-v2", SIGNING_CERTIFICATE),
        ] {
            let what = format!("{name} changed");
            cases.push(self.case(1, &what, |message, _| change_attribute(message, oid)));
        }
        for from_end in [1, 9, 17, 33] {
            cases.push(self.case(from_end, "value changed", |message, _| {
                let place = message.len() - from_end;
                message[place] ^= 0x01;
            }));
        }
        for kept in [0, 1, 40, 300] {
            cases.push(self.case(kept, "truncated", |message, _| message.truncate(kept)));
        }
        cases.push(self.case(1, "last byte lost", |message, _| {
            message.pop();
        }));
        cases.extend(self.other_certificates());
        cases
    }

    fn other_certificates(&self) -> Vec<Case> {
        let (own, other) = (self.company.der(), self.stranger.der());
        let mut cases = vec![
            self.case(2, "another certificate inside", |message, _| {
                replace(message, &own, &other);
            }),
            self.case(3, "the certificate changed", |message, _| {
                let start = find(message, &own);
                // Inside of the public key.
                message[start + own.len() / 2] ^= 0x01;
            }),
            self.case(4, "the certificate lost", |message, _| {
                replace(message, &own, &vec![0; own.len()]);
            }),
        ];
        let body = b"signed by a stranger of the same name".to_vec();
        cases.push(Case {
            what: format!("{:?}: another key", self.kind),
            good: false,
            message: self.stranger.sign(&body, &[]),
            body,
        });
        cases
    }
}

/// The same in BER: the lengths of the three outermost elements are left open. `openssl` writes BER of attached signatures alone.
fn loosened(der: &[u8]) -> Vec<u8> {
    // SEQUENCE, the name of the type, [0], SEQUENCE; lengths of two bytes behind 0x82.
    let name = &der[4..15];
    assert_eq!((der[1], der[16], der[20]), (0x82, 0x82, 0x82));
    [
        &[0x30, 0x80],
        name,
        &[0xa0, 0x80, 0x30, 0x80],
        &der[23..],
        &[0; 6],
    ]
    .concat()
}

/// Changes a byte in the value of a signed attribute.
fn change_attribute(message: &mut [u8], oid: &[u8]) {
    // Behind the name come the headers of the set and of the value; of the certificate's attribute two or three sequences more.
    let value = find(message, oid) + oid.len() + 4;
    let inside = if oid == SIGNING_CERTIFICATE { 30 } else { 3 };
    message[value + inside] ^= 0x01;
}

fn find(message: &[u8], part: &[u8]) -> usize {
    let place = message
        .windows(part.len())
        .position(|window| window == part);
    place.expect("the part is in the message")
}

fn replace(message: &mut Vec<u8>, part: &[u8], with: &[u8]) {
    let start = find(message, part);
    message.splice(start..start + part.len(), with.iter().copied());
}

#[tokio::test]
async fn openssl_and_the_sandbox_agree_on_a_hundred_signatures() {
    let sandbox = Sandbox::new(World::demo(Clock::live()));
    need_gost(&sandbox).await;
    let folder = tempfile::tempdir().unwrap();
    let mut judged = (0, 0);
    for kind in [Kind::Gost256, Kind::Gost512, Kind::P256] {
        let make = |name: &str| {
            KeyFile::make(
                folder.path(),
                &format!("{kind:?}-{name}"),
                kind,
                DEMO_INN,
                7,
            )
        };
        let keys = Keys {
            kind,
            company: make("company"),
            stranger: make("stranger"),
        };
        sandbox
            .register_certificate(&demo_inn(), &keys.company.pem())
            .unwrap();
        for case in keys.cases() {
            let theirs = keys.company.verifies(&case.message, Some(&case.body));
            let signature = STANDARD.encode(&case.message);
            let ours = sandbox
                .check_signature(DEMO_OMS_ID, &case.body, &signature)
                .await;
            assert_eq!(ours.accepted, theirs, "{}: {ours:?}", case.what);
            assert_eq!(ours.accepted, case.good, "{}: {ours:?}", case.what);
            if case.good {
                judged.0 += 1;
            } else {
                judged.1 += 1;
            }
        }
    }
    assert_eq!(judged, (36, 66), "good and spoiled");
}
