//! Looking at an order that the station has, until nothing more comes of it.

use super::{
    super::{devices::shut_means, doors::Shut},
    driving::Drive,
    station::Station,
    told::{GONE_MILLIS, LEAST_SEARCHES, pause, standing, told},
};
use crate::{
    journal::Action,
    problem::Problem,
    server::{
        jobs::Decision,
        ports::{
            call::CallError,
            code_ordering::{BufferInfo, OrderInfo},
            emissions::Searching,
        },
    },
    suz::{
        Cause, Why,
        cause::SuzCall,
        emission::{BufferStatus, EmissionState},
    },
};

/// How rare questions become while the counters move.
const FILLING: u32 = 3;

/// What the station said in one look.
struct Look {
    buffers: Vec<BufferInfo>,
    /// The order's own status, where it was asked for and found.
    order: Option<OrderInfo>,
}

impl Drive<'_> {
    /// Looks at the order, keeps what was said, and comes back later and later while nothing changes.
    pub(super) async fn watch(&mut self, station: Station) -> Result<Decision, Problem> {
        if let Err(shut) = self.look(station).await {
            return self.look_failed(station, shut).await;
        }
        if self.order.state.is_over() {
            return Ok(Decision::Done);
        }
        Ok(Decision::Later {
            at: self
                .desk
                .now()
                .plus_seconds(pause(self.order.quiet, &self.lines)),
            note: String::new(),
        })
    }

    pub(super) async fn look_failed(
        &mut self,
        station: Station,
        shut: Shut,
    ) -> Result<Decision, Problem> {
        if let Shut::Problem(problem) = shut {
            return Err(problem);
        }
        if let Shut::Failed { error, setting } = &shut {
            let means = shut_means(
                Shut::Failed {
                    error: error.clone(),
                    setting: *setting,
                },
                SuzCall::Orders,
            )?;
            if let Some(why) = means
                && self.order.trouble.as_ref() != Some(&why)
            {
                let from = self.order.state;
                self.order.trouble = Some(why);
                self.save(from, None).await?;
            }
        }
        self.desk
            .hold(self.job, &self.link, station.door, shut, SuzCall::Orders)
            .await
    }

    /// Asks the station about the order and keeps what it said.
    pub(super) async fn look(&mut self, station: Station) -> Result<(), Shut> {
        let look = self.ask(station).await?;
        if look.order.is_none() && look.buffers.is_empty() {
            return self.not_there().await;
        }
        self.order.searching = Searching::default();
        let before = (self.order.state, self.order.decline.clone());
        let status = look
            .order
            .as_ref()
            .and_then(|order| EmissionState::of_status(&order.status));
        self.order.state = standing(before.0, status, &look.buffers);
        if let Some(order) = look.order {
            self.order.decline = order.decline.or(self.order.decline.take());
        }
        self.order.told_at = Some(self.desk.now());
        self.order.trouble = None;
        let moved = before != (self.order.state, self.order.decline.clone());
        let changed = self.keep_told(&look.buffers) || moved;
        self.order.quiet = match self.order.quiet {
            _ if moved => 0,
            // A pool that fills is news each time, and no reason to ask every other second.
            quiet if changed => quiet.saturating_add(1).min(FILLING),
            quiet => quiet.saturating_add(1),
        };
        self.save_look(before.0, changed).await
    }

    /// Nothing knows the order, by its number or in a search. That may be so for a moment; when it stays so, somebody has
    /// deleted it there.
    async fn not_there(&mut self) -> Result<(), Shut> {
        let now = self.desk.now();
        let from = self.order.state;
        let searching = &mut self.order.searching;
        searching.times = searching.times.saturating_add(1);
        searching.at = Some(now);
        let gone = self
            .order
            .told_at
            .max(self.order.sent_at)
            .map_or(0, |known| now.millis_since(known));
        self.order.quiet = self.order.quiet.saturating_add(1);
        if self.order.searching.times >= LEAST_SEARCHES && gone >= GONE_MILLIS {
            self.order.trouble = Some(Why::of(Cause::OrderGone));
            // What was fetched of it stays, and needs an order that is done with.
            self.order.state = match from {
                EmissionState::Ready => EmissionState::Closed,
                _ => EmissionState::Withdrawn,
            };
        }
        self.save_look(from, self.order.state != from).await
    }

    async fn ask(&self, station: Station) -> Result<Look, Shut> {
        let their_id = self.their_id()?;
        let (desk, order) = (self.desk, &their_id);
        let buffers = desk
            .through(
                &self.link,
                station.door,
                SuzCall::Orders,
                |token| async move {
                    desk.ordering()
                        .status(station.access(&token), order, None)
                        .await
                },
            )
            .await;
        let buffers = match buffers {
            Ok(buffers) => buffers,
            // A new order may be known to the search alone, or to nobody for a moment.
            Err(Shut::Failed {
                error: CallError::Refused(words),
                ..
            }) if words.http == 404 => Vec::new(),
            Err(shut) => return Err(shut),
        };
        let alive = |buffer: &BufferInfo| buffer.status == Some(BufferStatus::Active);
        // Buffers that give out codes say all there is to know; an order's own word is needed before and after.
        if self.order.state == EmissionState::Ready && buffers.iter().any(alive) {
            return Ok(Look {
                buffers,
                order: None,
            });
        }
        let found = desk
            .search_orders(&self.link, &[], std::slice::from_ref(order))
            .await?
            .into_iter()
            .find(|found| found.order == *order);
        let buffers = match &found {
            Some(found) if buffers.is_empty() => found.buffers.clone(),
            _ => buffers,
        };
        Ok(Look {
            buffers,
            order: found,
        })
    }

    /// Puts what was said into the lines; whether anything of it is new.
    fn keep_told(&mut self, buffers: &[BufferInfo]) -> bool {
        let mut changed = false;
        for line in &mut self.lines {
            let Some(buffer) = buffers.iter().find(|buffer| buffer.gtin == line.gtin) else {
                continue;
            };
            let mut told = told(buffer);
            told.expires = told.expires.or(line.told.expires);
            changed |= told != line.told;
            line.told = told;
        }
        changed
    }

    async fn save_look(&mut self, from: EmissionState, changed: bool) -> Result<(), Shut> {
        let action = match self.order.state {
            state if state == from => None,
            EmissionState::Declined => Some(Action::EmissionRefused),
            EmissionState::Closed | EmissionState::Expired => Some(Action::EmissionClosed),
            EmissionState::Withdrawn => Some(Action::EmissionWithdrawn),
            _ => None,
        };
        let organisation = self.link.organisation;
        let mut tx = self.desk.write().await?;
        let ends = self.order.state.is_over() && self.order.closing.is_some();
        if ends {
            self.end_closing(&mut *tx).await?;
        }
        self.save_in(&mut *tx, from, action).await?;
        if changed {
            for line in &self.lines {
                tx.save_line_told(organisation, self.order.id, line.gtin, &line.told)
                    .await?;
            }
        }
        tx.commit().await?;
        if ends {
            self.desk.suz_changed(&self.link);
        }
        if changed {
            self.told().await?;
        } else {
            // Codes came meanwhile, of which the station said nothing new.
            self.desk
                .tell_check(&self.link, &self.order, &self.lines)
                .await?;
        }
        Ok(())
    }
}
