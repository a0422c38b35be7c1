//! Finality as a node reports it: headers with the signatures that make them final.

use crate::{
    connection::{BlockRef, Chain, Header},
    error::Error,
};
use codec::DecodeAll;
use polkadot_sdk::{
    bp_header_chain::{
        justification::{verify_and_optimize_justification, GrandpaJustification, JustificationVerificationContext},
        AuthoritySet,
    },
    sp_core::Bytes,
};
use std::{sync::Arc, time::Duration};
use subxt::rpcs::client::{rpc_params, RpcSubscription};
use tokio::{
    sync::watch,
    task::{AbortHandle, JoinHandle},
};

/// A header, and the signatures that make it final.
#[derive(Clone, Debug)]
pub struct Justified {
    /// Header that is final.
    pub header: Header,
    /// Signatures of the validators for it.
    pub justification: GrandpaJustification<Header>,
}

impl Justified {
    /// Number and hash of the block.
    pub fn at(&self) -> BlockRef {
        (&self.header).into()
    }
}

/// The newest justified header, as far as the node tells.
pub struct Finality {
    reported: watch::Receiver<Option<Arc<Justified>>>,
    newest: Option<Arc<Justified>>,
    task: AbortHandle,
}

impl Drop for Finality {
    fn drop(&mut self) {
        self.task.abort();
    }
}

impl Finality {
    fn new(reported: watch::Receiver<Option<Arc<Justified>>>, task: AbortHandle) -> Self {
        Self { reported, newest: None, task }
    }

    /// The newest one; `None` until the node has told of any.
    pub fn newest(&mut self) -> Option<Arc<Justified>> {
        let reported = self.reported.borrow_and_update().clone();
        let height = |justified: &Option<Arc<Justified>>| justified.as_ref().map(|justified| justified.at().number);
        if height(&reported) > height(&self.newest) {
            self.newest = reported;
        }
        self.newest.clone()
    }

    /// Waits for the next report. Fails when the node has stopped telling.
    pub async fn changed(&mut self) -> Result<(), Error> {
        let ended = || Error::Disconnected("the node has ended its reports of finality".to_owned());
        self.reported.changed().await.map_err(|_| ended())
    }
}

/// Follows what the node reports as final. A node repeats the last report while it has no other, so that what a chain that has
/// stopped made final is known too. The last header of an earlier set is asked for with [`Chain::next_of_set`].
pub fn follow(chain: Arc<Chain>) -> Finality {
    let (tell, reported) = watch::channel(None);
    let task: JoinHandle<()> = tokio::spawn(async move {
        if let Err(error) = report(&chain, &tell).await {
            tracing::debug!(%error, "finality is not reported any more");
        }
    });
    Finality::new(reported, task.abort_handle())
}

async fn report(chain: &Chain, tell: &watch::Sender<Option<Arc<Justified>>>) -> Result<(), Error> {
    let mut reports = chain.reports().await?;
    loop {
        let justified = chain.next_report(&mut reports).await?;
        tell.send_replace(Some(Arc::new(justified)));
    }
}

/// Justified header as a light client with this set takes it; `None` if another set signed it.
///
/// A vote more than it takes makes the light client refuse it: such votes are left out.
pub fn newest_of_set(justified: &Justified, set: &AuthoritySet) -> Option<Justified> {
    let context: JustificationVerificationContext = set.clone().try_into().ok()?;
    let mut own = justified.clone();
    let target = (own.header.hash(), own.header.number);
    verify_and_optimize_justification(target, &context, &mut own.justification).ok()?;
    Some(own)
}

/// Subscription to the headers that become final.
const REPORTS: &str = "grandpa_subscribeJustifications";

/// Longest time that a chain may take to make something final.
const PATIENCE: Duration = Duration::from_secs(60);

impl Chain {
    /// Reads encoded signatures, and fetches the header that they are of.
    pub async fn justified(&self, bytes: &[u8]) -> Result<Justified, Error> {
        let justification = GrandpaJustification::<Header>::decode_all(&mut &*bytes)
            .map_err(|error| self.transient(&format!("a justification that cannot be read: {error}")))?;
        let header = self.header(justification.commit.target_hash).await?;
        if header.number != justification.commit.target_number {
            return Err(self.transient("a justification whose number is not that of its block"));
        }
        Ok(Justified { header, justification })
    }

    /// Next header after this block of which the node reports that it is final.
    pub async fn reported_after(&self, number: u32) -> Result<Justified, Error> {
        let newer = async {
            let mut reports = self.reports().await?;
            loop {
                let justified = self.next_report(&mut reports).await?;
                if justified.header.number > number {
                    return Ok::<_, Error>(justified);
                }
            }
        };
        tokio::time::timeout(PATIENCE, newer).await.unwrap_or_else(|_| {
            let what = "nothing has become final for a minute; see whether its network runs";
            Err(self.transient(what))
        })
    }

    async fn reports(&self) -> Result<RpcSubscription<Bytes>, Error> {
        let reports = self.subscribe(REPORTS, rpc_params![], "grandpa_unsubscribeJustifications").await;
        reports.map_err(|error| self.error(REPORTS, &error))
    }

    async fn next_report(&self, reports: &mut RpcSubscription<Bytes>) -> Result<Justified, Error> {
        match reports.next().await {
            Some(Ok(bytes)) => self.justified(&bytes.0).await,
            Some(Err(error)) => Err(self.error(REPORTS, &error)),
            None => Err(Error::Disconnected("the node has ended its reports of finality".to_owned())),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::StubChain;

    #[tokio::test]
    async fn newest_should_be_the_highest_that_was_reported() {
        let chain = StubChain::of(50, &[20]);
        let (tell, reported) = watch::channel(None);
        let mut finality = Finality::new(reported, tokio::spawn(async {}).abort_handle());
        assert!(finality.newest().is_none(), "nothing was reported");
        for (number, newest) in [(40, 40), (40, 40), (45, 45), (30, 45)] {
            tell.send_replace(Some(Arc::new(chain.chain().justified(&chain.signatures(number)).await.unwrap())));
            finality.changed().await.unwrap();
            assert_eq!(finality.newest().unwrap().at(), chain.at(newest));
        }
        drop(tell);
        assert!(matches!(finality.changed().await, Err(Error::Disconnected(_))));
    }
}
