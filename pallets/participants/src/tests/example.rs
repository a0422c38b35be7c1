/// Example: a participant is registered, appoints its custodian, loses a key, and goes on with another.
#[test]
fn from_registration_to_a_lost_key() {
    run(|| {
        let (main, spare, new) = (fresh(1), fresh(2), fresh(3));
        let trader = roles(&[Role::Trader]);
        let both = accounts(&[main.clone(), spare.clone()]);
        // Both administer, so that what concerns the participant's assets need not wait.
        let administer = rights(&[Right::Trade, Right::Move, Right::Administer]);
        let each = vec![administer.clone(), administer].try_into().unwrap();
        assert_ok!(Participants::register(signed(OP_1), text("Nordhav AS"), lei(20), trader, both, each));
        assert!(Participants::acts_as(&main, Role::Trader));

        let newcomer = Participants::standing(&main).unwrap().participant;
        let (agent, capacity, mandate) = (CUSTODIAN, Capacity::Delivery, Mandate::widest());
        let change = Change::Mandate { agent, capacity, mandate: mandate.clone() };
        assert_ok!(Participants::appoint_agent(signed(main.clone()), agent, capacity, mandate));
        assert_ok!(Participants::approve_change(signed(spare.clone()), Participants::change_hash(&change)));
        assert!(is_agent(CUSTODIAN_1, newcomer, Right::Move));

        // One account is left: its request waits, and the other stops nothing more once its rights are lowered.
        let usual = rights(&[Right::Trade, Right::Move]);
        assert_ok!(Participants::lower_rights(signed(spare.clone()), main.clone(), rights(&[])));
        assert_ok!(Participants::request_replacement(signed(spare), main.clone(), new.clone(), usual.clone()));
        at(RIGHTS_DELAY);
        assert_ok!(Participants::replace_account(signed(OP_1), main.clone(), new.clone(), usual));
        assert_eq!(Participants::current_account(&main), new);
        assert!(!Participants::acts_as(&main, Role::Trader));
    });
}
