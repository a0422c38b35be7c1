//! Whether both directions work, and the server that says so.

use crate::metrics::Metrics;
use http_body_util::Full;
use hyper::{body::Bytes, server::conn::http1, service::service_fn, Request, Response, StatusCode};
use hyper_util::rt::TokioIo;
use serde_json::json;
use std::{
    collections::BTreeMap,
    convert::Infallible,
    net::SocketAddr,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::{Duration, Instant},
};
use tokio::net::TcpListener;

/// A direction that has not looked at the chains for so long is stuck.
const STUCK: Duration = Duration::from_secs(90);

/// Report of one direction.
#[derive(Clone, Debug)]
pub struct Report {
    /// Seconds by which what is imported is behind; `None` if it is not known.
    pub lag: Option<u64>,
    /// Fault of the direction, if it does not work.
    pub trouble: Option<String>,
}

/// The last report of a direction.
#[derive(Clone, Debug)]
struct Last {
    report: Report,
    /// Instant at which it came.
    at: Instant,
    /// Last instant at which it was known how far the direction is behind.
    known: Instant,
}

/// Last reports of all directions.
pub struct Health {
    max_lag: u64,
    reports: Mutex<BTreeMap<String, Last>>,
}

impl Health {
    /// Of directions that have not looked yet.
    pub fn new(max_lag: u64, directions: &[String]) -> Arc<Self> {
        let report = Report { lag: None, trouble: Some("not connected yet".to_owned()) };
        let now = Instant::now();
        let reports =
            directions.iter().map(|name| (name.clone(), Last { report: report.clone(), at: now, known: now }));
        Arc::new(Self { max_lag, reports: Mutex::new(reports.collect()) })
    }

    fn reports(&self) -> MutexGuard<'_, BTreeMap<String, Last>> {
        // A report is whole whoever stopped while it was written.
        self.reports.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// A direction has looked, or failed to.
    pub fn report(&self, direction: &str, report: Report) {
        let at = Instant::now();
        let mut reports = self.reports();
        let before = reports.get(direction).map_or(at, |last| last.known);
        let known = if report.lag.is_some() { at } else { before };
        reports.insert(direction.to_owned(), Last { report, at, known });
    }

    /// True if everything works, and the details.
    pub fn check(&self, now: Instant) -> (bool, serde_json::Value) {
        let mut healthy = true;
        let mut directions = serde_json::Map::new();
        for (name, last) in self.reports().iter() {
            let trouble = self.trouble(last, now);
            healthy &= trouble.is_none();
            directions.insert(name.clone(), json!({ "lag_seconds": last.report.lag, "trouble": trouble }));
        }
        (healthy, json!({ "healthy": healthy, "directions": directions }))
    }

    fn trouble(&self, last: &Last, now: Instant) -> Option<String> {
        if last.report.trouble.is_some() {
            return last.report.trouble.clone();
        }
        let since = now.saturating_duration_since(last.at);
        if since > STUCK {
            return Some(format!("has not looked at the chains for {} seconds", since.as_secs()));
        }
        match last.report.lag {
            Some(lag) if lag > self.max_lag => {
                Some(format!("the imported header is {lag} seconds behind, more than {}", self.max_lag))
            }
            Some(_) => None,
            // Such as when the source's node has forgotten the state of that header: the next that is imported ends it.
            None => {
                let since = now.saturating_duration_since(last.known).as_secs();
                let sentence = || format!("how far the imported header is behind is not known for {since} seconds");
                (since > self.max_lag).then(sentence)
            }
        }
    }
}

/// Serves `/metrics` and `/health` until the program ends.
pub async fn serve(listener: TcpListener, metrics: Metrics, health: Arc<Health>) {
    loop {
        let stream = match listener.accept().await {
            Ok((stream, _)) => stream,
            Err(error) => {
                tracing::warn!(%error, "a connection for metrics was not accepted");
                // Such as no file handle left: it passes, and does not while this loop spins.
                tokio::time::sleep(Duration::from_secs(1)).await;
                continue;
            }
        };
        let (metrics, health) = (metrics.clone(), health.clone());
        tokio::spawn(async move {
            let service = service_fn(move |request: Request<hyper::body::Incoming>| {
                let response = answer(request.uri().path(), &metrics, &health);
                async move { Ok::<_, Infallible>(response) }
            });
            if let Err(error) = http1::Builder::new().serve_connection(TokioIo::new(stream), service).await {
                tracing::debug!(%error, "a connection for metrics broke");
            }
        });
    }
}

/// Listens, or says why not.
pub async fn listen(address: SocketAddr) -> anyhow::Result<TcpListener> {
    TcpListener::bind(address)
        .await
        .map_err(|error| anyhow::anyhow!("{address}: {error}; name another address with --metrics-listen"))
}

fn answer(path: &str, metrics: &Metrics, health: &Health) -> Response<Full<Bytes>> {
    let (status, body) = match path {
        "/metrics" => match metrics.text() {
            Ok(text) => (StatusCode::OK, text),
            Err(error) => (StatusCode::INTERNAL_SERVER_ERROR, error.to_string().into_bytes()),
        },
        "/health" => {
            let (healthy, details) = health.check(Instant::now());
            let status = if healthy { StatusCode::OK } else { StatusCode::SERVICE_UNAVAILABLE };
            (status, format!("{details}\n").into_bytes())
        }
        _ => (StatusCode::NOT_FOUND, b"/metrics and /health are here\n".to_vec()),
    };
    let mut response = Response::new(Full::new(Bytes::from(body)));
    *response.status_mut() = status;
    response
}

#[cfg(test)]
mod tests {
    use super::*;

    const NAME: &str = "asset-to-payment";

    fn health(lag: Option<u64>, trouble: Option<&str>) -> Arc<Health> {
        let health = Health::new(180, &[NAME.to_owned()]);
        health.report(NAME, Report { lag, trouble: trouble.map(str::to_owned) });
        health
    }

    #[test]
    fn check_should_be_good_while_both_chains_answer_and_the_lag_is_small() {
        assert!(health(Some(180), None).check(Instant::now()).0);
        assert!(!health(Some(181), None).check(Instant::now()).0);
        assert!(!health(Some(1), Some("the node does not answer")).check(Instant::now()).0);
        assert!(!Health::new(180, &[NAME.to_owned()]).check(Instant::now()).0, "nothing is known yet");
    }

    #[test]
    fn check_should_notice_a_direction_that_has_stopped_looking() {
        let health = health(Some(1), None);
        let (healthy, details) = health.check(Instant::now() + STUCK + Duration::from_secs(1));
        assert!(!healthy);
        assert!(details.to_string().contains("has not looked"), "{details}");
    }

    #[test]
    fn check_should_not_take_a_lag_for_small_that_is_not_known_for_long() {
        let health = health(Some(1), None);
        health.report(NAME, Report { lag: None, trouble: None });
        let known = health.reports().get(NAME).unwrap().known;
        let check = |seconds| {
            let now = known + Duration::from_secs(seconds);
            // It looks at the chains all the time.
            health.reports().get_mut(NAME).unwrap().at = now;
            health.check(now)
        };
        assert!(check(0).0 && check(180).0);
        let (healthy, details) = check(181);
        assert!(!healthy);
        assert!(details.to_string().contains("is not known for 181 seconds"), "{details}");
        health.report(NAME, Report { lag: None, trouble: None });
        assert!(!check(181).0, "another look without it changes nothing");
        health.report(NAME, Report { lag: Some(1), trouble: None });
        assert!(health.check(Instant::now()).0);
    }

    #[test]
    fn check_should_give_a_direction_that_begins_the_time_to_learn_its_lag() {
        let health = Health::new(180, &[NAME.to_owned()]);
        health.report(NAME, Report { lag: None, trouble: None });
        assert!(health.check(Instant::now()).0);
    }

    #[test]
    fn answer_should_carry_the_state_in_its_status() {
        let metrics = Metrics::new().unwrap();
        assert_eq!(answer("/health", &metrics, &health(Some(1), None)).status(), StatusCode::OK);
        let ill = answer("/health", &metrics, &health(None, Some("halted")));
        assert_eq!(ill.status(), StatusCode::SERVICE_UNAVAILABLE);
        assert_eq!(answer("/metrics", &metrics, &health(None, None)).status(), StatusCode::OK);
        assert_eq!(answer("/", &metrics, &health(None, None)).status(), StatusCode::NOT_FOUND);
    }
}
