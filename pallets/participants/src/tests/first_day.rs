use super::helpers::*;
use crate::mock::*;

use polkadot_sdk::frame_support::assert_ok;
use tandem_primitives::{Capacity, Directory, Role};

include!("example.rs");
