//! What people see of orders of codes.

use super::{
    super::permit,
    begun::Begun,
    next::next_step,
    obstacles::open,
    told::{annuls, earliest_end, end_of, is_complete, may_decide, worry},
};
use crate::{
    account::{Actor, Permission},
    ids::{EmissionId, SuzConnectionId},
    legal_entity::LegalEntity,
    problem::Problem,
    server::{
        Desk,
        ports::{
            emissions::{EmissionLine, EmissionOrder},
            stock::Receiving,
            storage::Transaction,
            suz::SuzConnection,
        },
        when::{today, when},
    },
    suz::{
        Balance, Cause, GroupState,
        cause::OrderSign,
        emission::{
            ClosingState, EmissionState, ExpiryWarning,
            view::{
                BalanceView, ClosingView, EmissionCard, EmissionLineView, EmissionList,
                EmissionPage, KnownGtin, LimitView, LostCandidate, LostView, OrderForm,
                OrderingChoice,
            },
        },
        group_form::limits::MOST_ACTIVE,
    },
    time::{Timestamp, When},
};

/// Orders on a page of the list.
const ON_A_PAGE: u32 = 50;
/// GTINs offered on a form.
const KNOWN_GTINS: u32 = 200;

/// What a new order is to begin with.
#[derive(Clone, Copy, Debug, Default)]
pub struct FormAsk<'a> {
    /// The chosen connection.
    pub connection: Option<SuzConnectionId>,
    /// The chosen group.
    pub group: Option<&'a str>,
    /// The order that is repeated.
    pub repeat: Option<EmissionId>,
    /// The form that was filled in before and made no order.
    pub kept: Option<EmissionId>,
}

/// Whose connections there are.
struct Companies {
    connections: Vec<SuzConnection>,
    entities: Vec<LegalEntity>,
}

impl Companies {
    async fn read(tx: &mut dyn Transaction, actor: &Actor) -> Result<Self, Problem> {
        Ok(Self {
            connections: tx.suz_connections(actor.organisation).await?,
            entities: tx.legal_entities(actor.organisation).await?,
        })
    }

    fn connection(&self, id: SuzConnectionId) -> Option<&SuzConnection> {
        self.connections.iter().find(|one| one.id == id)
    }

    fn name(&self, connection: &SuzConnection) -> String {
        self.entities
            .iter()
            .find(|one| one.id == connection.legal_entity)
            .map_or_else(String::new, |one| one.name.clone())
    }
}

/// What every view of an order is drawn with.
struct Drawing<'a> {
    desk: &'a Desk,
    companies: &'a Companies,
    now: Timestamp,
}

impl Drawing<'_> {
    fn when(&self, at: Timestamp) -> When {
        when(at, self.now, true)
    }

    /// How near the end of an order's codes is.
    fn warning(&self, state: EmissionState, end: Option<Timestamp>) -> Option<ExpiryWarning> {
        let end = end?;
        if state == EmissionState::Expired {
            return Some(ExpiryWarning::Over);
        }
        ExpiryWarning::of(end.millis_since(self.now))
    }

    /// None for an order of a connection that was retired: there is nobody to ask about it.
    fn card(
        &self,
        order: &EmissionOrder,
        lines: &[EmissionLine],
        receivings: &[Receiving],
    ) -> Option<EmissionCard> {
        let connection = self.companies.connection(order.connection)?;
        let end = earliest_end(order.state, lines);
        Some(EmissionCard {
            id: order.id,
            connection: order.connection,
            legal_entity: self.companies.name(connection),
            contour: connection.contour,
            group: order.group.clone(),
            state: order.state,
            closing: order.closing.as_ref().map(|closing| closing.state),
            next: next_step(order, lines, receivings, self.now),
            gtins: lines.iter().map(|line| line.gtin).collect(),
            ordered: lines.iter().map(|line| u64::from(line.quantity)).sum(),
            passed: lines.iter().filter_map(|line| line.told.passed).sum(),
            received: lines.iter().map(|line| line.received).sum(),
            made: self.when(order.made_at),
            expires: end.map(|end| self.when(end)),
            warning: self.warning(order.state, end),
            test: order.test,
        })
    }

    fn line(
        &self,
        state: EmissionState,
        line: &EmissionLine,
        name: Option<String>,
    ) -> EmissionLineView {
        let told = &line.told;
        let end = end_of(state, line);
        EmissionLineView {
            gtin: line.gtin,
            name,
            quantity: line.quantity,
            cis_type: line.cis_type.clone(),
            template: line.template,
            own_serials: line.own_serials,
            status: told.status.clone(),
            available: told.available,
            left: told.left,
            passed: told.passed,
            unavailable: told.unavailable,
            received: line.received,
            rejection: told.rejection.clone(),
            cause: told
                .rejection
                .as_deref()
                .map(|reason| Cause::of_order(&OrderSign::Rejected { reason })),
            expires: end.map(|end| self.when(end)),
            warning: self.warning(state, end),
        }
    }

    /// While it is being sent nobody knows yet whether the answer is lost.
    fn lost(&self, order: &EmissionOrder) -> Option<LostView> {
        let searching = &order.searching;
        let lost = order.state.is_lost() && order.state != EmissionState::Sending;
        lost.then(|| LostView {
            sent: self.when(order.sent_at.unwrap_or(order.made_at)),
            why: order.trouble.clone(),
            searched: searching.times,
            last: searching.at.map(|at| self.when(at)),
            search_failed: searching.failed.clone(),
            may_decide: order.state == EmissionState::GivenUp || may_decide(order, self.now),
            by_key: self.desk.searchable(order),
            candidates: order
                .searching
                .candidates
                .orders
                .iter()
                .map(|one| LostCandidate {
                    order: one.order.clone(),
                    status: one.status.clone(),
                    created: one.created.map(|at| self.when(at)),
                })
                .collect(),
            likely: searching.candidates.likely().cloned(),
        })
    }

    fn page(
        &self,
        actor: &Actor,
        order: EmissionOrder,
        lines: &[EmissionLine],
        receivings: &[Receiving],
        names: Vec<Option<String>>,
    ) -> Option<EmissionPage> {
        let closable = order.state.is_there() && order.their_id.is_some();
        let closing = order.closing.as_ref();
        let under_way = closing.is_some_and(|closing| closing.state != ClosingState::Refused);
        Some(EmissionPage {
            card: self.card(&order, lines, receivings)?,
            lines: lines
                .iter()
                .zip(names)
                .map(|(line, name)| self.line(order.state, line, name))
                .collect(),
            lost: self.lost(&order),
            held: match order.state {
                EmissionState::Queued => order.held.clone(),
                _ => Vec::new(),
            },
            closing: closing.map(|closing| ClosingView {
                state: closing.state,
                asked: self.when(closing.asked_at),
                trouble: closing.trouble.clone(),
                annuls: closing.annuls.min(annuls(lines)),
            }),
            told: order.told_at.map(|at| self.when(at)),
            annuls: if closable { annuls(lines) } else { 0 },
            complete: is_complete(lines),
            may_withdraw: order.state.may_withdraw(),
            may_close: closable && !under_way,
            may_order: actor.role.may(Permission::OrderCodes),
            trouble: order
                .trouble
                .clone()
                .or_else(|| worry(&order, lines, self.now)),
            order: order.their_id,
            draft: order.draft,
            decline: order.decline,
        })
    }
}

impl Desk {
    /// Orders of the organisation, the newest first, those made before `after`.
    pub async fn emissions(
        &self,
        actor: &Actor,
        after: Option<EmissionId>,
    ) -> Result<EmissionList, Problem> {
        permit(actor, Permission::ReadSuz)?;
        let mut tx = self.read().await?;
        let companies = Companies::read(&mut *tx, actor).await?;
        let orders = tx.emissions(actor.organisation, after, ON_A_PAGE).await?;
        let ids: Vec<EmissionId> = orders.iter().map(|order| order.id).collect();
        let lines = tx.lines_of_emissions(actor.organisation, &ids).await?;
        let receivings = tx.receivings_of(actor.organisation, &ids).await?;
        let limits = self.limits(&mut *tx, actor, &companies).await?;
        drop(tx);
        let drawing = Drawing {
            desk: self,
            companies: &companies,
            now: self.now(),
        };
        let full = orders.len() == usize::try_from(ON_A_PAGE).unwrap_or(usize::MAX);
        let cards = orders.iter().filter_map(|order| {
            let of_order: Vec<EmissionLine> = lines
                .iter()
                .filter(|(id, _)| *id == order.id)
                .map(|(_, line)| line.clone())
                .collect();
            let fetched: Vec<Receiving> = receivings
                .iter()
                .filter(|one| one.emission == order.id)
                .cloned()
                .collect();
            drawing.card(order, &of_order, &fetched)
        });
        Ok(EmissionList {
            orders: cards.collect(),
            after: ids.last().copied().filter(|_| full),
            limits,
            may_order: actor.role.may(Permission::OrderCodes),
        })
    }

    async fn limits(
        &self,
        tx: &mut dyn Transaction,
        actor: &Actor,
        companies: &Companies,
    ) -> Result<Vec<LimitView>, Problem> {
        let now = self.now();
        let mut limits = Vec::new();
        for connection in &companies.connections {
            let open = open(tx, actor.organisation, connection.id).await?;
            limits.push(LimitView {
                connection: connection.id,
                legal_entity: companies.name(connection),
                contour: connection.contour,
                active: open.active,
                queued: open.queued,
                waiting: open.waiting,
                most: MOST_ACTIVE,
                told: open.told.map(|at| when(at, now, true)),
            });
        }
        Ok(limits)
    }

    /// One order.
    pub async fn emission(&self, actor: &Actor, id: EmissionId) -> Result<EmissionPage, Problem> {
        permit(actor, Permission::ReadSuz)?;
        let mut tx = self.read().await?;
        let order = tx
            .emission(actor.organisation, id)
            .await?
            .ok_or(Problem::NotFound)?;
        let lines = tx.emission_lines(actor.organisation, id).await?;
        let receivings = tx.receivings(actor.organisation, id).await?;
        let companies = Companies::read(&mut *tx, actor).await?;
        let mut names = Vec::new();
        for line in &lines {
            let known = tx
                .product_of_gtin(actor.organisation, line.gtin.as_str())
                .await?;
            names.push(known.map(|(_, known)| known.name));
        }
        drop(tx);
        let drawing = Drawing {
            desk: self,
            companies: &companies,
            now: self.now(),
        };
        drawing
            .page(actor, order, &lines, &receivings, names)
            .ok_or(Problem::NotFound)
    }

    /// The form of a new order, as far as it was chosen already.
    pub async fn order_form(&self, actor: &Actor, ask: FormAsk<'_>) -> Result<OrderForm, Problem> {
        permit(actor, Permission::OrderCodes)?;
        let mut tx = self.read().await?;
        let companies = Companies::read(&mut *tx, actor).await?;
        let kept = match ask.kept {
            Some(id) => self.kept(&mut *tx, actor, id).await?,
            None => None,
        };
        let repeated = match ask.repeat {
            Some(id) => Some(
                tx.emission(actor.organisation, id)
                    .await?
                    .ok_or(Problem::NotFound)?,
            ),
            None => None,
        };
        let known = tx.known_gtins(actor.organisation, KNOWN_GTINS).await?;
        let limits = self.limits(&mut *tx, actor, &companies).await?;
        drop(tx);
        let begun = Begun::of(ask, kept, repeated);
        let connection = begun
            .connection
            .or_else(|| companies.connections.first().map(|one| one.id))
            .filter(|id| companies.connection(*id).is_some());
        let id = match begun.id {
            Some(id) => id,
            None => self.id(EmissionId::from_parts)?,
        };
        let group = begun.draft.group.clone();
        Ok(OrderForm {
            id,
            connection,
            choices: companies
                .connections
                .iter()
                .map(|one| choice(&companies, one))
                .collect(),
            groups: super::super::groups::choices(),
            form: super::super::groups::form(&begun.draft.group, today(self.now())),
            draft: begun.draft,
            answer: begun.answer,
            known: known
                .into_iter()
                .map(|(gtin, name)| KnownGtin { gtin, name })
                .collect(),
            limits: limits
                .into_iter()
                .find(|limit| Some(limit.connection) == connection),
            balance: balance(&companies, connection, &group, self.now()),
        })
    }
}

/// What the account of a group had when it was read last.
fn balance(
    companies: &Companies,
    connection: Option<SuzConnectionId>,
    group: &str,
    now: Timestamp,
) -> Option<BalanceView> {
    let told = companies.connection(connection?)?.told.as_ref()?;
    let of_group = |balance: &&Balance| balance.alias.as_deref() == Some(group);
    Some(BalanceView {
        kopecks: told.balances.iter().find(of_group)?.kopecks,
        told: when(told.at, now, true),
    })
}

fn choice(companies: &Companies, connection: &SuzConnection) -> OrderingChoice {
    let open = connection.told.as_ref().map(|told| {
        told.profile
            .groups
            .iter()
            .filter(|group| group.state == GroupState::Open)
            .map(|group| group.alias.clone())
            .collect()
    });
    OrderingChoice {
        connection: connection.id,
        legal_entity: companies.name(connection),
        contour: connection.contour,
        open,
    }
}
