use super::helpers::*;
use crate::{
    mandates::{Change, Mandate},
    mock::*,
};

use polkadot_sdk::frame_support::assert_ok;
use tandem_primitives::{Capacity, Directory, Right, Role};

include!("example.rs");
