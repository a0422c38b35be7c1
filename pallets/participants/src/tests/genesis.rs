use super::helpers::*;
use crate::{mock::*, GenesisAgent, GenesisAsset, GenesisConfig, GenesisParticipant};

use tandem_primitives::{AssetId, Directory, Lei, Right, Rights, Role, Status};

#[test]
fn genesis_should_build_the_directory() {
    ExtBuilder::default().with_delay(7).build_and_execute(|| {
        assert_eq!(Participants::standing(&OP_2).map(|standing| standing.participant), Some(OPERATOR));
        assert!(Participants::acts_as(&REG_2, Role::Regulator));
        assert!(is_agent(CUSTODIAN_1, TRADER, Right::Move));
        assert!(Participants::asset(&AssetId::Native).is_some());
        assert_eq!(crate::EnactmentDelay::<Test>::get(), 7);
        assert_eq!(System::providers(&TRADER_1), 2);
    });
}

#[test]
fn genesis_should_freeze_who_is_not_active() {
    let mut builder = ExtBuilder::default();
    builder.participants[3].status = Status::Suspended;
    builder.build_and_execute(|| {
        let transfer = Balances::transfer_allow_death(signed(TRADER_1), BANK_1, 1);
        assert!(transfer.is_err());
        assert_eq!(Participants::status(TRADER), Some(Status::Suspended));
    });
}

#[test]
fn genesis_should_be_read_from_json_and_refuse_what_it_does_not_know() {
    let json = r#"{
        "participants": [{
            "name": "Nordhav Pensjonsforvaltning AS",
            "lei": "TNDM00NORDHAV0000059",
            "roles": ["Trader"],
            "accounts": ["5GrwvaEF5zXb26Fz9rcQpDWS57CtERHpNehXCPcNoHGKutQY"]
        }],
        "agents": [],
        "assets": [
            {"asset": "Native", "currency": "TND", "settlementUnit": 1},
            {"asset": {"WithId": 1}, "isin": "QZ0004710017", "cfi": "ESVUFR", "settlementUnit": 1}
        ],
        "enactmentDelay": 0
    }"#;
    let read: GenesisConfig<Test> = serde_json::from_str(json).unwrap();
    assert_eq!(read.participants[0].lei, Lei::parse("TNDM00NORDHAV0000059").unwrap());
    assert_eq!(read.participants[0].status, Status::Active);
    assert_eq!(read.assets[1].asset, AssetId::WithId(1));
    let written = serde_json::to_string(&read).unwrap();
    assert!(written.contains("settlementUnit") && written.contains("\"TNDM00NORDHAV0000059\""));
    let wrong_digits = json.replace("0000059", "0000058");
    assert!(serde_json::from_str::<GenesisConfig<Test>>(&wrong_digits).is_err());
    let unknown = json.replace("\"name\"", "\"nick\": \"N\", \"name\"");
    assert!(serde_json::from_str::<GenesisConfig<Test>>(&unknown).is_err());
}

#[test]
fn genesis_should_give_the_rights_that_it_names_and_the_usual_ones_otherwise() {
    let mut builder = ExtBuilder::default();
    builder.participants[3].rights = vec![vec![Right::Move]];
    builder.build_and_execute(|| {
        assert_eq!(record(&TRADER_1).rights, Rights::NONE.with(Right::Move));
        assert_eq!(record(&TRADER_2).rights, Rights::OF_NEW);
        assert_eq!(record(&BANK_1).rights, Rights::OF_FIRST);
        assert_eq!(crate::RightsDelay::<Test>::get(), RIGHTS_DELAY);
    });
    let json = r#"{"name": "N", "lei": "TNDM00NORDHAV0000059", "roles": [], "accounts": [], "rights": [["Trade"]]}"#;
    let read: GenesisParticipant = serde_json::from_str(json).unwrap();
    assert_eq!(read.rights, [[Right::Trade]]);
}

#[test]
#[should_panic(expected = "has more rights than accounts")]
fn genesis_should_refuse_rights_of_nobody() {
    with_participant(|entry| entry.rights = vec![vec![]; 3]);
}

fn with_participant(change: impl FnOnce(&mut GenesisParticipant)) {
    let mut builder = ExtBuilder::default();
    change(&mut builder.participants[3]);
    builder.build();
}

#[test]
#[should_panic(expected = "genesis: the LEI TNDM00NORDHAV0000058 of Trader has wrong check digits")]
fn genesis_should_refuse_wrong_check_digits() {
    with_participant(|entry| entry.lei = Lei(*b"TNDM00NORDHAV0000058"));
}

#[test]
#[should_panic(expected = "genesis: Trader cannot be registered")]
fn genesis_should_refuse_an_account_twice() {
    with_participant(|entry| entry.accounts = vec![OP_1]);
}

#[test]
#[should_panic(expected = "is too long")]
fn genesis_should_refuse_a_long_name() {
    with_participant(|entry| entry.name = "N".repeat(141));
}

/// Test helper: the entry of the agent that every test begins with.
fn custodian() -> GenesisAgent {
    ExtBuilder::default().agents.remove(0)
}

#[test]
fn chain_h3_genesis_should_appoint_no_agent_without_a_written_mandate() {
    let mut written = serde_json::to_value(custodian()).unwrap();
    assert!(serde_json::from_value::<GenesisAgent>(written.clone()).is_ok());
    written.as_object_mut().unwrap().remove("mandate");
    assert!(serde_json::from_value::<GenesisAgent>(written).is_err());
}

#[test]
#[should_panic(expected = "cannot act for")]
fn genesis_should_refuse_an_agent_without_the_role() {
    let agents = vec![GenesisAgent { agent: lei(5), ..custodian() }];
    ExtBuilder { agents, ..Default::default() }.build();
}

#[test]
#[should_panic(expected = "genesis: no participant has the LEI")]
fn genesis_should_refuse_an_unknown_agent() {
    let agents = vec![GenesisAgent { agent: lei(99), ..custodian() }];
    ExtBuilder { agents, ..Default::default() }.build();
}

fn asset(isin: Option<&str>, currency: Option<&str>, cfi: Option<&str>) -> GenesisAsset {
    GenesisAsset {
        asset: AssetId::WithId(1),
        isin: isin.map(|code| code.parse().unwrap()),
        currency: currency.map(Into::into),
        cfi: cfi.map(Into::into),
        settlement_unit: 1,
    }
}

#[test]
#[should_panic(expected = "needs either an isin or a currency")]
fn genesis_should_refuse_an_asset_without_a_code() {
    ExtBuilder { assets: vec![asset(None, None, None)], ..Default::default() }.build();
}

#[test]
#[should_panic(expected = "does not have three letters")]
fn genesis_should_refuse_a_long_currency() {
    ExtBuilder { assets: vec![asset(None, Some("EURO"), None)], ..Default::default() }.build();
}

#[test]
#[should_panic(expected = "does not have six letters")]
fn genesis_should_refuse_a_short_cfi() {
    ExtBuilder { assets: vec![asset(None, Some("EUR"), Some("ES"))], ..Default::default() }.build();
}

#[test]
#[should_panic(expected = "is listed twice")]
fn genesis_should_refuse_an_asset_twice() {
    let entry = asset(Some("QZ0004710017"), None, None);
    ExtBuilder { assets: vec![entry.clone(), entry], ..Default::default() }.build();
}

#[test]
#[should_panic(expected = "the enactment delay 10001 ms is too long")]
fn genesis_should_refuse_a_long_delay() {
    ExtBuilder::default().with_delay(MAX_DELAY + 1).build();
}

fn with_governors(number: usize, change: impl FnOnce(&mut GenesisParticipant)) {
    let mut builder = ExtBuilder::default();
    change(&mut builder.participants[number]);
    builder.build();
}

#[test]
#[should_panic(expected = "genesis: fewer than three accounts of active operators (2)")]
fn chain_l8_genesis_should_refuse_fewer_than_three_operator_accounts() {
    with_governors(0, |entry| entry.accounts.truncate(2));
}

#[test]
#[should_panic(expected = "genesis: fewer than three accounts of active regulators (2)")]
fn chain_l8_genesis_should_refuse_fewer_than_three_regulator_accounts() {
    with_governors(1, |entry| entry.accounts.truncate(1));
}

#[test]
#[should_panic(expected = "genesis: fewer than three accounts of active operators (0)")]
fn genesis_should_refuse_a_suspended_operator() {
    with_governors(0, |entry| entry.status = Status::Suspended);
}

#[test]
#[should_panic(expected = "genesis: fewer than three accounts of active regulators (0)")]
fn genesis_should_refuse_a_network_without_a_regulator() {
    let mut builder = ExtBuilder::default();
    for entry in &mut builder.participants {
        entry.roles.retain(|role| *role != Role::Regulator);
    }
    builder.build();
}

#[test]
#[should_panic(expected = "genesis: Operator cannot be registered")]
fn genesis_should_refuse_who_is_operator_and_regulator() {
    with_governors(0, |entry| entry.roles.push(Role::Regulator));
}
