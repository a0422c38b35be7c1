use super::world::*;
use crate::*;
use sp_runtime::transaction_validity::InvalidTransaction;

#[test]
fn a_transaction_should_cost_nothing() {
    execute(|| {
        let before = Balances::free_balance(OPERATOR.to_account_id());
        send_ok(OPERATOR, frame_system::Call::remark_with_event { remark: b"free".to_vec() });
        assert_eq!(Balances::free_balance(OPERATOR.to_account_id()), before);

        let call = RuntimeCall::System(frame_system::Call::remark { remark: vec![0; 1_000] });
        let transaction = sign(OPERATOR, call, 0);
        let length = codec::Encode::encoded_size(&transaction) as u32;
        assert_eq!(TransactionPayment::query_info(transaction.clone(), length).partial_fee, 0);
        assert_eq!(TransactionPayment::query_fee_details(transaction, length).final_fee(), 0);
    });
}

#[test]
fn an_account_without_native_balance_should_send_transactions() {
    execute(|| {
        assert_eq!(Balances::free_balance(SELLER.to_account_id()), 0);
        send_ok(SELLER, frame_system::Call::remark { remark: vec![] });
    });
}

#[test]
fn a_tip_should_be_refused() {
    execute(|| {
        let before = Balances::free_balance(OPERATOR.to_account_id());
        let call = || RuntimeCall::System(frame_system::Call::remark { remark: vec![] });
        assert_eq!(Executive::apply_extrinsic(sign(OPERATOR, call(), 1)), Err(InvalidTransaction::Payment.into()));
        assert_eq!(Executive::apply_extrinsic(sign(OPERATOR, call(), 0)), Ok(Ok(())));
        assert_eq!(Balances::free_balance(OPERATOR.to_account_id()), before);
    });
}
