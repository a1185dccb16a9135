//! The self-check of a connection: three levels, each a list of steps.

mod form;

pub use form::{Form, check_form};

use super::{cause::Why, words::words};
use crate::time::When;
use serde::{Deserialize, Serialize};

words! {
    /// How far a check goes.
    CheckLevel {
        /// What is written down, without any call.
        Form = "form",
        /// Calls that change nothing and cost nothing.
        Request = "request",
        /// A test order of 1 to 10 codes, asked first: it may cost money.
        Order = "order",
    }

    /// One step of a check, in the order in which they run.
    CheckStep {
        /// The legal entity has an ИНН.
        LegalEntity = "legal_entity",
        /// OMS ID is there and is a UUID.
        OmsId = "oms_id",
        /// The active device has a connection id.
        ConnectionId = "connection_id",
        /// The two differ, and neither is known as the other.
        IdsDiffer = "ids_differ",
        /// No id is known from another contour.
        ContourFits = "contour_fits",
        /// Something or somebody can sign, with a certificate that holds.
        Signer = "signer",

        /// True API answers with a challenge.
        TrueApiAnswers = "true_api_answers",
        /// Login to True API.
        TrueApiLogin = "true_api_login",
        /// СУЗ tells the company's profile, and its OMS ID is this one.
        Profile = "profile",
        /// Login to СУЗ with the active device.
        ClientLogin = "client_login",
        /// СУЗ answers a ping with that token.
        Ping = "ping",
        /// At least one product group is open.
        Groups = "groups",
        /// Money on the product groups' accounts.
        Balance = "balance",
        /// The servers' list of devices has the active one.
        DeviceListed = "device_listed",

        /// Codes of a test order.
        TestOrder = "test_order",
    }

    /// Why a step was not made.
    SkipReason {
        /// A step before it failed, and this one needs it.
        EarlierFailed = "earlier_failed",
        /// The operator of this server has set no registration key.
        NoRegistrationKey = "no_registration_key",
        /// Nobody said what to order for a test.
        NoTestOrder = "no_test_order",
    }
}

impl CheckStep {
    /// The level that the step belongs to.
    pub const fn level(self) -> CheckLevel {
        match self {
            Self::LegalEntity
            | Self::OmsId
            | Self::ConnectionId
            | Self::IdsDiffer
            | Self::ContourFits
            | Self::Signer => CheckLevel::Form,
            Self::TrueApiAnswers
            | Self::TrueApiLogin
            | Self::Profile
            | Self::ClientLogin
            | Self::Ping
            | Self::Groups
            | Self::Balance
            | Self::DeviceListed => CheckLevel::Request,
            Self::TestOrder => CheckLevel::Order,
        }
    }

    /// The steps of a level, in order.
    pub fn of(level: CheckLevel) -> impl Iterator<Item = Self> {
        Self::ALL
            .iter()
            .copied()
            .filter(move |step| step.level() == level)
    }
}

/// What became of a step.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum StepOutcome {
    /// ✓
    Passed {
        /// What was found, as the servers call it: aliases of groups, a version. Never a secret.
        found: Option<String>,
    },
    /// ✗
    Failed {
        /// Why, with their words.
        why: Why,
    },
    /// Not made, and why.
    Skipped {
        /// The reason.
        why: SkipReason,
    },
    /// It waits for a person's signature and goes on afterwards.
    WaitsForSignature,
    /// Not made yet.
    NotYet,
}

impl StepOutcome {
    /// ✓ without a word.
    pub const fn passed() -> Self {
        Self::Passed { found: None }
    }
}

/// One step with its outcome.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Step {
    /// Which.
    pub step: CheckStep,
    /// What became of it.
    pub outcome: StepOutcome,
}

/// What a check found: kept as it is, and shown until the next one.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CheckReport {
    /// How far it went.
    pub level: CheckLevel,
    /// Every step of that level and the levels below it.
    pub steps: Vec<Step>,
}

impl CheckReport {
    /// A report with every step of a level and those below it still to be made.
    pub fn blank(level: CheckLevel) -> Self {
        let steps = CheckStep::ALL
            .iter()
            .filter(|step| step.level() <= level)
            .map(|step| Step {
                step: *step,
                outcome: StepOutcome::NotYet,
            })
            .collect();
        Self { level, steps }
    }

    /// Writes down a step's outcome.
    pub fn set(&mut self, step: CheckStep, outcome: StepOutcome) {
        if let Some(found) = self.steps.iter_mut().find(|one| one.step == step) {
            found.outcome = outcome;
        }
    }

    /// Whether a step passed.
    pub fn passed(&self, step: CheckStep) -> bool {
        self.steps
            .iter()
            .any(|one| one.step == step && matches!(one.outcome, StepOutcome::Passed { .. }))
    }

    /// The first failure, which is the one to mend first.
    pub fn failure(&self) -> Option<(CheckStep, &Why)> {
        self.steps.iter().find_map(|one| match &one.outcome {
            StepOutcome::Failed { why } => Some((one.step, why)),
            _ => None,
        })
    }

    /// Whether it stands still until a person signs.
    pub fn waits(&self) -> bool {
        self.steps
            .iter()
            .any(|one| one.outcome == StepOutcome::WaitsForSignature)
    }

    /// Whether nothing failed and nothing is left to do.
    pub fn well(&self) -> bool {
        self.steps.iter().all(|one| {
            matches!(
                one.outcome,
                StepOutcome::Passed { .. } | StepOutcome::Skipped { .. }
            )
        })
    }
}

/// A check on the connection's page.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CheckView {
    /// What it found.
    pub report: CheckReport,
    /// When.
    pub at: When,
    /// Whether it is still running.
    pub running: bool,
}
