//! placeholder
#[test]
fn list() {
    use frame_support::traits::GetCallMetadata;
    use polkadot_sdk::*;
    for pallet in crate::RuntimeCall::get_module_names() {
        for call in crate::RuntimeCall::get_call_names(pallet) {
            println!("{pallet} {call}");
        }
    }
}
