//! Keys that sign transactions.

use polkadot_sdk::sp_core::{sr25519, Pair as _};
use std::path::Path;
use subxt::{
    utils::{AccountId32, MultiSignature},
    SubstrateConfig,
};
use tandem_primitives::AccountId;

/// The key that signs.
#[derive(Clone)]
pub struct Signer {
    pair: sr25519::Pair,
    /// Account of the key.
    pub account: AccountId,
}

/// A key that cannot be read. The error does not repeat it.
#[derive(Clone, Debug, Eq, PartialEq, thiserror::Error)]
#[error("{0}")]
pub struct InvalidKey(String);

impl std::fmt::Debug for Signer {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "the key of {}", self.account)
    }
}

impl Signer {
    /// Key from a secret: `//Name`, a phrase, or 0x and the seed.
    pub fn from_secret(secret: &str) -> Result<Self, InvalidKey> {
        // The error says nothing of the secret, and neither does this.
        let pair = sr25519::Pair::from_string(secret.trim(), None).map_err(|_| {
            InvalidKey("the key cannot be read; write //Name, a phrase of words, or 0x and a seed".to_owned())
        })?;
        let account = AccountId::from(pair.public().0);
        Ok(Self { pair, account })
    }

    /// Key from a file that has the secret and nothing else.
    pub fn from_file(path: &Path) -> Result<Self, InvalidKey> {
        let named = |error: &dyn std::fmt::Display| InvalidKey(format!("{}: {error}", path.display()));
        let secret = std::fs::read_to_string(path).map_err(|error| named(&error))?;
        Self::from_secret(&secret).map_err(|error| named(&error))
    }
}

impl subxt::transactions::Signer<SubstrateConfig> for Signer {
    fn account_id(&self) -> AccountId32 {
        AccountId32(self.account.clone().into())
    }

    fn sign(&self, payload: &[u8]) -> MultiSignature {
        MultiSignature::Sr25519(self.pair.sign(payload).0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn signer_should_not_repeat_a_secret_that_it_cannot_read() {
        let secret = "bottle drive obey";
        let error = Signer::from_secret(secret).err().unwrap().to_string();
        assert!(!error.contains("bottle"));
        assert!(Signer::from_secret("//Alice\n").is_ok());
    }
}
