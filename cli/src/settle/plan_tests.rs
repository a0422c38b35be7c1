use super::*;
use crate::files::{
    participants::Book,
    trades::{self, Overrides},
};

const DAY: Moment = 86_400_000;
const NOON: Moment = 20_000 * DAY + DAY / 2;

fn ground() -> Ground {
    let assets = [
        ("QZ0004710017".to_owned(), (AssetId::WithId(7), AssetKind::Security)),
        ("EUR".to_owned(), (AssetId::WithId(1), AssetKind::Cash)),
    ];
    Ground { networks: vec![Network { genesis: H256([9; 32]), assets: assets.into() }], seed: [5; 32] }
}

fn plan(rows: &str, start: Moment) -> Plan {
    Plan::of(&trade(rows), start, &ground()).unwrap()
}

fn trade(rows: &str) -> Trade {
    let book = Book::parse(
        "p.toml",
        "participant = [\n\
         {code = \"S\", name = \"S\", lei = \"TNDM00ALPSTEIN000083\", roles = [\"Issuer\"], account = [{label = \"m\", key = \"//S\"}]},\n\
         {code = \"B\", name = \"B\", lei = \"TNDM00NORDHAV0000059\", roles = [\"Trader\"], account = [{label = \"m\", key = \"//B\"}]},\n\
         {code = \"C\", name = \"C\", lei = \"TNDM00CONCORD0000032\", roles = [\"SettlementManager\"], account = [{label = \"m\", key = \"//C\"}]},\n\
         ]\n\
         security = [{isin = \"QZ0004710017\", name = \"X\", decimals = 0, issuer = \"S\"}]\n\
         currency = [{code = \"EUR\", decimals = 2, issuer = \"S\"}]\n",
    )
    .unwrap();
    let head = "ref,trade,side,type,trade_date,settle_date,deadline,seller,seller_account,buyer,buyer_account,asset,\
                quantity,currency,amount,lots,execution,manager";
    let trades = trades::parse("t.csv", &format!("{head}\n{rows}\n"), &book, &Overrides::default()).unwrap();
    trades[0].clone()
}

#[test]
fn the_same_start_should_give_the_same_ids() {
    let row = "R,T,BOTH,DVP,T-2,T,+120s,S,m,B,m,QZ0004710017,100,EUR,5.00,10,IMMEDIATE,";
    let (first, again) = (plan(row, NOON), plan(row, NOON));
    assert_eq!(first.ids, again.ids);
    assert_ne!(first.ids, plan(row, NOON + 1).ids);
    let terms = &first.terms;
    assert_eq!((terms.settle_from, terms.reserve_by, terms.deadline), (NOON, NOON + 120_000, NOON + 120_000));
    assert_eq!((terms.trade_date.0, terms.settlement_date.0), (19_998, 20_000));
    assert_eq!(terms.legs[0].to, terms.legs[1].from);
    assert_eq!(terms.check(), Ok(()));
    assert_eq!(first.seller.unwrap().terms, first.buyer.unwrap().terms);
}

#[test]
fn cli_c5_nothing_should_settle_before_midnight_of_the_settlement_date() {
    let of = |execution: &str, dates: &str, start: Moment| {
        plan(&format!("R,T,BOTH,DVP,{dates},S,m,B,m,QZ0004710017,100,EUR,5.00,10,{execution}"), start).terms
    };
    let midnight = 20_002 * DAY;
    for execution in ["IMMEDIATE,", "HASHLOCK,", "TOKEN,", "MANAGER,C"] {
        for dates in ["T,T+2,+40h", "2024-10-04,2024-10-06,2024-10-06T04:00:00Z"] {
            let terms = of(execution, dates, NOON);
            assert_eq!((terms.settle_from, terms.partial_from), (midnight, midnight), "{execution} {dates}");
            assert_eq!(terms.deadline, midnight + 4 * 3_600_000);
            assert!(terms.reserve_by > midnight);
            assert_eq!(terms.check(), Ok(()));
        }
        // The day of sending has begun, also a moment before it ends and when it has just begun.
        for start in [20_000 * DAY, NOON, 20_001 * DAY - 1] {
            let terms = of(execution, "T,T,+120s", start);
            assert_eq!((terms.settle_from, terms.deadline), (start, start + 120_000), "{execution} {start}");
            assert_eq!(terms.check(), Ok(()));
        }
    }
}

#[test]
fn cli_c5_sides_that_differ_in_the_settlement_date_should_differ_in_nothing_else() {
    for (first, second, deadline) in
        [("T,T+1", "T,T", "+30s"), ("2024-10-04,2024-10-05", "2024-10-04,2024-10-04", "2024-10-04T18:00:00Z")]
    {
        let plan = plan(
            &format!(
                "R1,T,RECE,DVP,{first},{deadline},S,m,B,m,QZ0004710017,100,EUR,5.00,1,IMMEDIATE,\n\
                 R2,T,DELI,DVP,{second},{deadline},S,m,B,m,QZ0004710017,100,EUR,5.00,1,IMMEDIATE,"
            ),
            NOON,
        );
        assert_eq!(codes(&plan.differences(&ground())), "DDAT");
        assert_eq!(plan.terms.check(), Ok(()));
    }
}

#[test]
fn an_absolute_deadline_should_give_the_same_ids_whenever_it_is_sent() {
    let row = "R,T,BOTH,DVP,2024-10-04,2024-10-04,2024-10-04T18:00:00Z,S,m,B,m,QZ0004710017,100,EUR,5.00,10,TOKEN,";
    let first = plan(row, NOON);
    assert_eq!(first.ids, plan(row, NOON + 5_000).ids);
    assert_eq!(first.terms.deadline - first.terms.reserve_by, EXECUTION_TIME);
    assert_eq!(first.terms.check(), Ok(()));
}

#[test]
fn tokens_and_managers_should_have_time_after_reservation() {
    for execution in ["TOKEN,", "MANAGER,C"] {
        let row = format!("R,T,BOTH,DVP,T,T,+120s,S,m,B,m,QZ0004710017,100,EUR,5.00,10,{execution}");
        let terms = plan(&row, NOON).terms;
        assert_eq!((terms.reserve_by, terms.deadline), (NOON + 80_000, NOON + 120_000));
        assert_eq!(terms.check(), Ok(()));
    }
}

#[test]
fn a_hashlock_should_be_opened_by_its_preimage() {
    let plan = plan("R,T,BOTH,DVP,T,T,+120s,S,m,B,m,QZ0004710017,100,EUR,5.00,10,HASHLOCK,", NOON);
    let hash = H256(sha2_256(&plan.preimage.unwrap()));
    assert_eq!(plan.terms.execution, Execution::Hashlock { hash });
}

#[test]
fn cli_c10_a_trade_that_is_sent_anew_should_have_a_secret_of_its_own() {
    let row = "R,T,BOTH,DVP,T,T,+120s,S,m,B,m,QZ0004710017,100,EUR,5.00,10,HASHLOCK,";
    let [first, again, fresh] = [NOON, NOON, NOON + 6_000].map(|start| plan(row, start));
    assert_eq!(first.preimage, again.preimage, "a run that goes on must be able to open it");
    assert_ne!(first.preimage, fresh.preimage);
    assert_ne!(first.terms.execution, fresh.terms.execution);
    // With absolute times the start is all that tells one from the other.
    let row = "R,T,BOTH,DVP,2024-10-04,2024-10-04,2024-10-04T18:00:00Z,S,m,B,m,QZ0004710017,100,EUR,5.00,10,HASHLOCK,";
    assert_ne!(plan(row, NOON).preimage, plan(row, NOON + 6_000).preimage);
}

#[test]
fn cli_c13_what_was_begun_should_go_on_with_assets_that_are_listed_no_more() {
    let trade = trade("R,T,BOTH,DVP,T,T,+120s,S,m,B,m,QZ0004710017,100,EUR,5.00,10,IMMEDIATE,");
    let sent = ground().known(&trade);
    assert_eq!(sent[0].keys().collect::<Vec<_>>(), ["EUR", "QZ0004710017"]);
    let first = Plan::of(&trade, NOON, &ground()).unwrap();
    let mut changed = ground();
    changed.networks[0].assets.remove("EUR");
    changed.networks[0].assets.insert("QZ0004710017".into(), (AssetId::WithId(99), AssetKind::Security));
    assert!(Plan::of(&trade, NOON, &changed).is_err());
    let again = Plan::of(&trade, NOON, &changed.with(&sent)).unwrap();
    assert_eq!(again.ids, first.ids);
}

/// The plan of a row across two networks, of which the first has the genesis hash 9 and the second 10.
fn plan_across(change: impl Fn(String) -> String) -> Plan {
    let trade = crate::files::trades::across::tests::row(change).unwrap();
    let network = |genesis: u8, assets: [(&str, AssetId, AssetKind); 1]| Network {
        genesis: H256([genesis; 32]),
        assets: assets.into_iter().map(|(code, id, kind)| (code.to_owned(), (id, kind))).collect(),
    };
    let networks = vec![
        network(9, [("QZ0004710017", AssetId::WithId(7), AssetKind::Security)]),
        network(10, [("EUR", AssetId::WithId(1), AssetKind::Cash)]),
    ];
    Plan::of(&trade, NOON, &Ground { networks, seed: [5; 32] }).unwrap()
}

#[test]
fn a_trade_across_should_be_held_by_the_network_that_does_not_decide() {
    let [asset, payment] = crate::files::trades::across::tests::books();
    let account = |book: &Book, code: &str| book.participant(code).unwrap().accounts[0].id.clone();
    let held = plan_across(|row| row);
    assert_eq!(held.terms.check(), Ok(()));
    assert_eq!((held.holding(), held.deciding()), (0, Some(1)));
    assert_eq!(held.instructing, ["SELL", "BUY"].map(|code| account(&asset, code)));
    let hash = VersionedTerms::V1(held.terms.clone()).hash();
    assert_eq!(held.ids[0], instruction_id(H256([9; 32]), &account(&asset, "SELL"), hash));
    assert_eq!(held.legs_on(1).map(|(_, leg)| leg.from.clone()).collect::<Vec<_>>(), [account(&payment, "BUY")]);

    let other = plan_across(|row| row.replace("PAYMENT,PAYMENT", "PAYMENT,ASSET"));
    assert_eq!((other.holding(), other.deciding()), (1, Some(0)));
    assert_eq!(other.instructing, ["SELL", "BUY"].map(|code| account(&payment, code)));
    assert_eq!(other.terms.networks.to_vec(), held.terms.networks.to_vec());
    assert_ne!(other.ids, held.ids);
}

#[test]
fn a_trade_across_should_have_time_to_be_paid_after_it_is_committed() {
    let terms = plan_across(|row| row).terms;
    let two = terms.two_networks.unwrap();
    assert_eq!((terms.reserve_by, two.pay_deadline), (NOON + 60_000, NOON + 120_000));
    assert_eq!((terms.settle_from, terms.deadline), (NOON, NOON + 300_000));
    let early = plan_across(|row| row.replace("T,T,+300s", "T,T+1,+14h").replace("+120s", "+13h")).terms;
    // Half of the hour that is left after midnight is for the commitment.
    let midnight = 20_001 * DAY;
    assert_eq!((early.settle_from, early.reserve_by), (midnight, midnight + 1_800_000));
    assert_eq!(early.check(), Ok(()));
    let hurried = plan_across(|row| row.replace("+120s", "+70s")).terms;
    assert_eq!(hurried.reserve_by, NOON + 70_000 - COMMIT_TIME);
}

#[test]
fn differences_should_name_what_the_sides_say() {
    let plan = plan(
        "R1,T,DELI,DVP,T,T,+30s,S,m,B,m,QZ0004710017,100,EUR,5.00,1,IMMEDIATE,\n\
         R2,T,RECE,DVP,T,T+1,+30s,S,m,B,m,QZ0004710017,110,EUR,5.00,1,IMMEDIATE,",
        NOON,
    );
    assert_eq!(codes(&plan.differences(&ground())), "DQUA+DDAT");
}
