//! Sample codes for an order, from the sandbox's own world.

use async_trait::async_trait;
use desk::{ids::MarketOrderId, server::Samples};
use sandbox::{Sandbox, market::ids::OrderId};

pub(crate) struct SandboxSamples(pub(crate) Sandbox);

#[async_trait]
impl Samples for SandboxSamples {
    async fn codes(&self, order: MarketOrderId) -> Result<Vec<String>, String> {
        let lines = self
            .0
            .codes(OrderId(order.0))
            .ok_or_else(|| format!("the sandbox knows no order {order}"))?;
        Ok(lines.into_iter().flat_map(|line| line.codes).collect())
    }
}
