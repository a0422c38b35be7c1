/// A newcomer is registered, appoints its custodian, loses a key, and gets on with another.
#[test]
fn from_registration_to_a_lost_key() {
    run(|| {
        let (main, spare, new) = (fresh(1), fresh(2), fresh(3));
        let trader = roles(&[Role::Trader]);
        let both = accounts(&[main.clone(), spare.clone()]);
        assert_ok!(Participants::register(signed(OP_1), text("Nordhav AS"), lei(20), trader, both));
        assert!(Participants::acts_as(&main, Role::Trader));

        assert_ok!(Participants::appoint_agent(signed(main.clone()), CUSTODIAN, Capacity::Delivery));
        let newcomer = Participants::standing(&main).unwrap().participant;
        assert!(Participants::is_agent(CUSTODIAN, newcomer, Capacity::Delivery));

        assert_ok!(Participants::request_replacement(signed(spare), main.clone(), new.clone()));
        assert_ok!(Participants::replace_account(signed(OP_1), main.clone(), new.clone()));
        assert_eq!(Participants::current_account(&main), new);
        assert!(!Participants::acts_as(&main, Role::Trader));
    });
}
