//! The person at the pages, who presses a button again when no answer came.

use crate::{
    killer::Address,
    stage::{End, Stage},
};
use desk::{
    bulk::{BatchLine, BatchState},
    orders::{OrderFilter, Tab},
};
use reqwest::{header, redirect};
use std::time::{Duration, Instant};

/// How long a run may take: a lease of a killed process ends after 20 seconds, and there are several kills.
const PATIENCE: Duration = Duration::from_mins(10);
/// How often the person looks.
const LOOK_EVERY: Duration = Duration::from_millis(50);

/// Whoever brings the file, has it sent and ships.
pub(crate) struct Person {
    http: reqwest::Client,
    address: Address,
    cookie: String,
    begun: Instant,
}

/// An answer of the program.
struct Answer {
    status: u16,
    location: String,
    text: String,
}

impl Person {
    pub(crate) fn new(stage: &Stage, address: Address) -> Self {
        let http = reqwest::Client::builder()
            .no_proxy()
            .tls_certs_only([])
            .http1_only()
            .pool_max_idle_per_host(0)
            .redirect(redirect::Policy::none())
            .build()
            .unwrap();
        Self {
            http,
            address,
            cookie: format!("metka_session={}", stage.token),
            begun: Instant::now(),
        }
    }

    /// Brings the file, has it sent and ships what is verified, until all of it has come to its end. What was
    /// answered with yes must be there ever after.
    pub(crate) async fn work(&self, stage: &Stage) -> Result<(), String> {
        self.bring(stage).await?;
        self.waits_for_the_end(stage).await
    }

    async fn bring(&self, stage: &Stage) -> Result<(), String> {
        let mut body = "--part\r\ncontent-disposition: form-data; name=\"file\"; filename=\"заказы.csv\"\r\n\r\n".to_owned();
        body += &stage.file;
        body += "\r\n--part--\r\n";
        while batches(stage).await.is_empty() {
            self.address
                .clone()
                .wait_for(Option::is_some)
                .await
                .unwrap();
            stage.watched.send_modify(|seen| seen.bringing = true);
            let kind = "multipart/form-data; boundary=part";
            let Some(answer) = self.post("/bulk/upload", kind, body.clone()).await? else {
                continue;
            };
            let stored = batches(stage).await;
            let told = stored
                .iter()
                .any(|batch| answer.location == format!("/bulk/{}", batch.id));
            if !told {
                return Err(format!(
                    "the file was answered with {} {} and is not there",
                    answer.status, answer.location
                ));
            }
        }
        Ok(())
    }

    /// Presses what is to be pressed until nothing is left to do.
    pub(crate) async fn waits_for_the_end(&self, stage: &Stage) -> Result<(), String> {
        let mut started = false;
        loop {
            let [batch] = &batches(stage).await[..] else {
                return Err("there is not just one batch".to_owned());
            };
            let judged = batch.orders.all - batch.orders.waiting;
            stage
                .watched
                .send_modify(|seen| seen.judged = judged.into());
            match batch.state {
                BatchState::Preview if started => {
                    return Err("the batch was started and is not".to_owned());
                }
                BatchState::Preview => {
                    let body = format!("batch={}", batch.id);
                    started = self.press("/api/bulk/start", body).await?;
                }
                BatchState::Judging | BatchState::Running => {}
                _ => {
                    self.ship(stage).await?;
                    if ended(stage, batch).await {
                        return Ok(());
                    }
                }
            }
            if batch.state == BatchState::Running {
                self.ship(stage).await?;
            }
            if self.begun.elapsed() > PATIENCE {
                return Err(format!("no end: {:?} {:?}", batch.state, batch.orders));
            }
            tokio::time::sleep(LOOK_EVERY).await;
        }
    }

    /// Ships the first page of what may be shipped.
    async fn ship(&self, stage: &Stage) -> Result<(), String> {
        let filter = OrderFilter {
            tab: Tab::ToShip,
            ..OrderFilter::default()
        };
        let list = stage.desk.orders(&stage.actor, &filter).await;
        let orders = list.map_err(|problem| problem.to_string())?.rows;
        let body: Vec<String> = orders
            .iter()
            .map(|row| format!("orders%5B%5D={}", row.id))
            .collect();
        if !body.is_empty() {
            self.press("/api/orders/ship", body.join("&")).await?;
        }
        Ok(())
    }

    /// Presses a button; whether there was an answer. One that is no yes ends the run.
    async fn press(&self, path: &str, body: String) -> Result<bool, String> {
        let kind = "application/x-www-form-urlencoded";
        let Some(answer) = self.post(path, kind, body).await? else {
            return Ok(false);
        };
        if answer.status == 200 {
            return Ok(true);
        }
        Err(format!("{path}: {} {}", answer.status, answer.text))
    }

    /// None when no answer came, or not the whole of it.
    async fn post(&self, path: &str, kind: &str, body: String) -> Result<Option<Answer>, String> {
        let url = self.address.borrow().clone();
        let Some(url) = url else { return Ok(None) };
        let request = self
            .http
            .post(format!("{url}{path}"))
            .header(header::CONTENT_TYPE, kind)
            .header(header::COOKIE, &self.cookie)
            .body(body);
        let Ok(answer) = request.send().await else {
            return Ok(None);
        };
        let status = answer.status().as_u16();
        let location = answer.headers().get(header::LOCATION);
        let location = location.and_then(|value| value.to_str().ok());
        let location = location.unwrap_or_default().to_owned();
        let Ok(text) = answer.text().await else {
            return Ok(None);
        };
        Ok(Some(Answer {
            status,
            location,
            text,
        }))
    }
}

async fn batches(stage: &Stage) -> Vec<BatchLine> {
    stage.desk.batches(&stage.actor).await.unwrap().batches
}

/// Whether nothing is left to do, for the person or for the program.
async fn ended(stage: &Stage, batch: &BatchLine) -> bool {
    let filter = OrderFilter::default();
    let counts = stage.desk.orders(&stage.actor, &filter).await;
    let counts = counts.unwrap().counts;
    let open = counts
        .iter()
        .filter(|(tab, _)| matches!(tab, Tab::Busy | Tab::ToShip | Tab::Ready))
        .map(|(_, orders)| orders)
        .sum::<u32>();
    let on_the_way = batch.orders.on_the_way + batch.orders.unknown;
    if open + on_the_way > 0 {
        return false;
    }
    let jobs: Vec<(String, String)> = stage
        .database
        .rows("SELECT kind, state FROM jobs WHERE kind IN ('run_batch', 'submit_shop', 'verify_shop', 'ship_shop')")
        .await;
    jobs.is_empty()
}

impl Stage {
    /// Orders that shall end like this.
    pub(crate) fn ending(&self, end: End) -> u64 {
        self.expected
            .iter()
            .filter(|order| order.end == end)
            .count() as u64
    }
}
