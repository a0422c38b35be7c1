use super::*;
use crate::{
    steps::testing::{inbound, outbound},
    views::{lane_end, light_client},
};
use polkadot_sdk::{bp_messages::OutboundLaneData, bp_runtime::HeaderId};
use tandem_client::{keys, testing::StubChain};
use tandem_primitives::Moment;

const NAME: &str = "asset-to-payment";

fn route() -> Route {
    Route {
        from: (Side::Asset, "ws://asset".to_owned()),
        to: (Side::Payment, "ws://payment".to_owned()),
        signer: Signer::from_secret("//Alice").unwrap(),
        pace: Pace { heartbeat: 60, grace: 20, poll: 2, max_lag: 180, crash_at: None },
        metrics: Metrics::new().unwrap(),
        health: Health::new(180, &[NAME.to_owned()]),
    }
}

/// With both ends of a lane and a time.
fn with_lane(chain: StubChain, sent: OutboundLaneData) -> StubChain {
    chain
        .with_value(keys::prefix("Timestamp", "Now"), Moment::from(1_000_u32))
        .with_value(lane_end("OutboundLanes"), sent)
        .with_value(lane_end("InboundLanes"), inbound(0, &[]))
}

/// A chain that knows this block of another, and its first validators.
fn knowing(source: &StubChain, number: u32) -> StubChain {
    let imported = HeaderId(number, source.at(number).hash);
    with_lane(StubChain::of(50, &[]), outbound(0, 0))
        .with_value(light_client("BestFinalized"), imported)
        .with_value(light_client("CurrentAuthoritySet"), source.set(0))
}

fn direction<'a>(route: &'a Route, source: &StubChain, target: &StubChain) -> Direction<'a> {
    let source = Arc::new(source.chain());
    let finality = follow(source.clone());
    Direction { route, source, target: target.chain(), finality, views: BTreeMap::new() }
}

fn submissions(route: &Route, kind: &str) -> usize {
    let text = String::from_utf8(route.metrics.text().unwrap()).unwrap();
    text.lines().filter(|line| line.contains("submissions_total") && line.contains(kind)).count()
}

#[tokio::test]
async fn look_should_import_the_header_that_changes_the_validators_first() {
    let source = with_lane(StubChain::of(50, &[20]), outbound(1, 0));
    let (route, target) = (route(), knowing(&source, 10));
    direction(&route, &source, &target).look(&mut Memory::default()).await.unwrap();
    assert_eq!((submissions(&route, "header"), submissions(&route, "messages")), (1, 0));
}

#[tokio::test]
async fn look_should_go_on_with_what_is_imported_where_that_header_is_not_found() {
    let source = with_lane(StubChain::of(50, &[20]), outbound(1, 0)).refusing("grandpa_proveFinality");
    let (route, target) = (route(), knowing(&source, 10));
    let (mut direction, mut memory) = (direction(&route, &source, &target), Memory::default());
    direction.look(&mut memory).await.unwrap();
    let (healthy, details) = route.health.check(Instant::now());
    assert!(!healthy);
    assert!(details.to_string().contains("the header that changes the validators is not found"), "{details}");
    assert_eq!((submissions(&route, "header"), submissions(&route, "messages")), (0, 1));
    let text = String::from_utf8(route.metrics.text().unwrap()).unwrap();
    assert!(text.contains("unproven_total{from=\"asset\",kind=\"header\",to=\"payment\"} 1"), "{text}");
}

#[tokio::test]
async fn look_should_send_nothing_to_a_target_that_stands_still() {
    let source = with_lane(StubChain::of(50, &[20]), outbound(1, 0));
    let (route, target) = (route(), knowing(&source, 10));
    let (mut direction, mut memory) = (direction(&route, &source, &target), Memory::default());
    assert!(memory.stands_still(50, 50));
    direction.look(&mut memory).await.unwrap();
    assert_eq!(target.asked("author_submitAndWatchExtrinsic"), 0);
    let details = route.health.check(Instant::now()).1.to_string();
    assert!(details.contains("the payment network makes no blocks after 50"), "{details}");
    // The target has moved since.
    assert!(memory.stands_still(48, 48));
    direction.look(&mut memory).await.unwrap();
    assert_eq!(target.asked("author_submitAndWatchExtrinsic"), 1);
}
