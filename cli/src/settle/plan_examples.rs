//! Terms and plans for tests.

use super::*;

/// For tests: terms with two legs.
pub fn example_terms() -> Terms {
    let leg = |asset: u32, amount, from: u8, to: u8| Leg {
        network: NetworkIndex(0),
        asset: AssetId::WithId(asset),
        amount,
        from: AccountId::from([from; 32]),
        to: AccountId::from([to; 32]),
    };
    Terms {
        reference: reference("T-1"),
        networks: BoundedVec::truncate_from(vec![H256([9; 32])]),
        two_networks: None,
        legs: BoundedVec::truncate_from(vec![leg(1, 1_000, 1, 2), leg(2, 10_000, 2, 1)]),
        lots: 10,
        trade_date: tandem_primitives::Date(20_000),
        settlement_date: tandem_primitives::Date(20_002),
        settle_from: 1_000,
        partial_from: 1_000,
        reserve_by: 20_000,
        deadline: 30_000,
        execution: Execution::Immediate,
        on_incomplete: tandem_primitives::OnIncomplete::Complete,
    }
}

/// For tests: the same terms across two networks, of which the second decides, with the pay deadline between 20 and 30 s.
pub fn example_across(pay: Pay, change: impl Fn(&mut Terms)) -> Plan {
    use tandem_primitives::Policy;
    let mut terms = example_terms();
    terms.networks = BoundedVec::truncate_from(vec![H256([9; 32]), H256([10; 32])]);
    terms.two_networks = Some(TwoNetworks { commit_on: NetworkIndex(1), pay_deadline: 25_000, managed_by: None });
    if let Some(payment) = terms.legs.get_mut(1) {
        payment.network = NetworkIndex(1);
    }
    change(&mut terms);
    assert_eq!(terms.check(), Ok(()));
    let versioned = VersionedTerms::V1(terms.clone());
    let instructing = [AccountId::from([1; 32]), AccountId::from([2; 32])];
    let party = |account: &AccountId| Party {
        account: account.clone(),
        terms: versioned.clone(),
        own: PartyTerms {
            on_behalf_of: None,
            account: None,
            policy: Policy::Part,
            priority: 0,
            reference: reference("R"),
        },
        reserve: Some(Quantity::UpTo(10)),
    };
    Plan {
        name: "T-1".into(),
        ids: [0, 1].map(|side: usize| instruction_id(H256([9; 32]), &instructing[side], versioned.hash())),
        seller: Some(party(&instructing[0])),
        buyer: Some(party(&instructing[1])),
        instructing,
        terms,
        preimage: None,
        pay: Some(pay),
    }
}
