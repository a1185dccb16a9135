#![doc = include_str!("../README.md")]

mod answer;
mod changes;
pub mod clock;
mod control;
pub mod crpt;
mod crpt_changes;
mod dice;
mod exchange;
pub mod faults;
pub mod market;
mod meters;
mod moscow;
pub mod post;
mod postman;
pub mod received;
pub mod record;
mod sandbox;
mod serve;
mod snapshot;
mod wire_enum;
pub mod world;

pub use clock::Clock;
pub use crpt::{
    REGISTRATION_HOST, SUZ_HOST, TRUE_API_HOST,
    demo::{
        DEMO_CONNECTION, DEMO_DELETED_CONNECTION, DEMO_FOREIGN_CONNECTION, DEMO_FOREIGN_INN,
        DEMO_FOREIGN_OMS_ID, DEMO_INN, DEMO_OMS_ID, DEMO_PUBLIC_KEY, DEMO_REGISTRATION_KEY,
        DEMO_STATIC_TOKEN,
    },
};
pub use faults::{Effect, Fault, Stage};
pub use market::demo::{
    DEMO_API_KEY, DEMO_BUSINESS, DEMO_DBS_CAMPAIGN, DEMO_DISABLED_CAMPAIGN, DEMO_FBS_CAMPAIGN,
    DEMO_READ_ONLY_API_KEY,
};
pub use post::{Delivery, NewSubscription, Subscription};
pub use received::{Memory, Progress, Received};
pub use record::OrderRecord;
pub use sandbox::{Sandbox, SandboxError};
pub use snapshot::SnapshotError;
pub use world::World;
