/// Example of delivery versus payment: the seller's 1,000 shares against the buyer's 10,000 euros, settled by two
/// calls.
#[test]
fn delivery_versus_payment_in_two_calls() {
    ExtBuilder.build_and_execute(|| {
        let terms = dvp(10, Execution::Immediate);
        let id = id_of(&terms, &SELLER);
        let all = Some(Quantity::Exactly(10));
        let own = party(Policy::Npar);

        // The seller instructs and reserves: its shares are in escrow.
        let versioned = VersionedTerms::V1(terms);
        let hash = versioned.hash();
        assert_ok!(Settlement::instruct(by(&SELLER), versioned, own.clone(), all));
        assert_moved(0, 0, (1_000, 0));

        // The buyer affirms the same terms and reserves: that completes the trade, and it settles.
        assert_ok!(Settlement::affirm(by(&BUYER), id, Affirmation::Hash(hash), own, all));
        assert_eq!(outcome(id), (Outcome::Settled, 10));
        assert_moved(1_000, 10_000, (0, 0));
    });
}
