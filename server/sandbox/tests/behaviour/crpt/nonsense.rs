//! Whatever comes instead of a signature: nothing makes the reader fall, and nothing but the signature itself is accepted.

use base64::{Engine, engine::general_purpose::STANDARD};
use proptest::{
    collection::vec,
    prelude::{Strategy, any, prop_assert, prop_oneof, proptest},
    sample::Index,
};
use sandbox::{
    Clock, DEMO_INN, DEMO_OMS_ID, Sandbox, World,
    crpt::{BodyCheck, SignatureRecord},
};
use tokio::runtime::{Builder, Runtime};

use super::{
    super::stand::NOW_MS,
    key::{Key, Signing},
};

const BODY: &[u8] = b"the only body";

/// What is done to a message.
#[derive(Clone, Debug)]
enum Damage {
    Flip(Index, u8),
    Insert(Index, Vec<u8>),
    Remove(Index, usize),
    Copy(Index, Index, usize),
}

fn damage() -> impl Strategy<Value = Damage> {
    prop_oneof![
        4 => (any::<Index>(), 1_u8..).prop_map(|(place, bits)| Damage::Flip(place, bits)),
        1 => (any::<Index>(), vec(any::<u8>(), 1..6)).prop_map(|(place, new)| Damage::Insert(place, new)),
        1 => (any::<Index>(), 1_usize..9).prop_map(|(place, count)| Damage::Remove(place, count)),
        1 => (any::<Index>(), any::<Index>(), 1_usize..40)
            .prop_map(|(from, to, count)| Damage::Copy(from, to, count)),
        1 => any::<Index>().prop_map(|place| Damage::Insert(place, vec![0x30, 0x80])),
    ]
}

impl Damage {
    fn deal(&self, message: &mut Vec<u8>) {
        if message.is_empty() {
            return;
        }
        let length = message.len();
        match self {
            Self::Flip(place, bits) => message[place.index(length)] ^= bits,
            Self::Insert(place, new) => {
                let place = place.index(length);
                message.splice(place..place, new.iter().copied());
            }
            Self::Remove(place, count) => {
                let place = place.index(length);
                message.drain(place..(place + count).min(length));
            }
            Self::Copy(from, to, count) => {
                let from = from.index(length);
                let copied = message[from..(from + count).min(length)].to_vec();
                let to = to.index(length);
                message.splice(to..to, copied);
            }
        }
    }
}

struct Judge {
    runtime: Runtime,
    sandbox: Sandbox,
}

impl Judge {
    fn new() -> Self {
        Self {
            runtime: Builder::new_current_thread().enable_all().build().unwrap(),
            sandbox: Sandbox::new(World::demo(Clock::manual(NOW_MS))),
        }
    }

    fn check(&self, message: &[u8], body: &[u8]) -> BodyCheck {
        let text = STANDARD.encode(message);
        let check = self.sandbox.check_signature(DEMO_OMS_ID, body, &text);
        self.runtime.block_on(check)
    }
}

#[test]
fn random_bytes_are_never_a_signature() {
    let judge = Judge::new();
    proptest!(|(message in vec(any::<u8>(), 0..400), head in any::<bool>())| {
        let message = if head { [&[0x30, 0x80], &message[..]].concat() } else { message };
        prop_assert!(!judge.check(&message, BODY).accepted);
    });
}

#[test]
fn random_text_is_never_a_signature() {
    let judge = Judge::new();
    proptest!(|(text in ".{0,80}")| {
        let check = judge.sandbox.check_signature(DEMO_OMS_ID, BODY, &text);
        prop_assert!(!judge.runtime.block_on(check).accepted);
    });
}

#[test]
fn a_damaged_message_is_refused_or_says_the_same_of_the_same_signer() {
    let judge = Judge::new();
    let key = Key::demo(DEMO_INN);
    let right = Signing::of(&key, BODY).der();
    let signer = |record: SignatureRecord| (record.fingerprint, record.inn, record.owner);
    let wanted = signer(judge.check(&right, BODY).record);
    proptest!(|(damages in vec(damage(), 1..4))| {
        let mut message = right.clone();
        for damage in &damages {
            damage.deal(&mut message);
        }
        let check = judge.check(&message, BODY);
        // Some bytes are not signed: version numbers, for one.
        if check.accepted {
            prop_assert!(signer(check.record) == wanted);
        }
        prop_assert!(!judge.check(&message, b"another body").accepted);
    });
}

#[test]
fn every_flipped_bit_of_what_is_signed_is_found() {
    let judge = Judge::new();
    let key = Key::demo(DEMO_INN);
    let right = Signing::of(&key, BODY).der();
    assert!(judge.check(&right, BODY).accepted);
    let mut accepted = Vec::new();
    for place in 0..right.len() {
        for bit in 0..8 {
            let mut message = right.clone();
            message[place] ^= 1 << bit;
            if judge.check(&message, BODY).accepted {
                accepted.push((place, bit));
            }
        }
    }
    // The version of the message and that of its signer: neither is signed, and other numbers of RFC 5652 are read too.
    let versions = accepted.iter().map(|(place, _)| *place);
    let mut versions: Vec<usize> = versions.collect();
    versions.dedup();
    assert_eq!(versions.len(), 2, "{accepted:?}");
    for place in versions {
        assert_eq!(right[place - 2..=place], [0x02, 0x01, 0x01]);
    }
}
