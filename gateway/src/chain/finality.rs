//! What the source's validators have signed, as the node reports it.

use super::node::{At, Node, Trouble};
use polkadot_sdk::{
    bp_header_chain::{
        justification::{verify_and_optimize_justification, GrandpaJustification, JustificationVerificationContext},
        AuthoritySet,
    },
    sp_core::Bytes,
    sp_runtime::traits::Header as _,
};
use std::sync::Arc;
use subxt::rpcs::client::rpc_params;
use tandem_runtime::Header;
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
    pub fn at(&self) -> At {
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
    pub async fn changed(&mut self) -> Result<(), Trouble> {
        let ended = || Trouble::Lost("the node has ended its reports of finality".to_owned());
        self.reported.changed().await.map_err(|_| ended())
    }
}

/// Follows what the node reports as final. A node repeats the last report while it has no other, so that what a chain that has
/// stopped made final is known too. The last header of an earlier set is asked for with [`Node::next_of_set`].
pub fn follow(node: Arc<Node>) -> Finality {
    let (tell, reported) = watch::channel(None);
    let task: JoinHandle<()> = tokio::spawn(async move {
        if let Err(trouble) = report(&node, &tell).await {
            tracing::debug!(%trouble, "finality is not reported any more");
        }
    });
    Finality::new(reported, task.abort_handle())
}

async fn report(node: &Node, tell: &watch::Sender<Option<Arc<Justified>>>) -> Result<(), Trouble> {
    const REPORTS: &str = "grandpa_subscribeJustifications";
    let mut justifications = node
        .subscribe::<Bytes>(REPORTS, rpc_params![], "grandpa_unsubscribeJustifications")
        .await
        .map_err(|error| node.trouble(REPORTS, &error))?;
    while let Some(bytes) = justifications.next().await {
        let bytes = bytes.map_err(|error| node.trouble(REPORTS, &error))?;
        let justified = node.justified(&bytes.0).await?;
        tell.send_replace(Some(Arc::new(justified)));
    }
    Ok(())
}

/// The justified header as a light client with this set takes it; `None` if another set signed it.
///
/// A vote more than it takes makes the light client refuse it: such votes are left out.
pub fn newest_of_set(justified: &Justified, set: &AuthoritySet) -> Option<Justified> {
    let context: JustificationVerificationContext = set.clone().try_into().ok()?;
    let mut own = justified.clone();
    let target = (own.header.hash(), *own.header.number());
    verify_and_optimize_justification(target, &context, &mut own.justification).ok()?;
    Some(own)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::chain::testing::Keeps;

    #[tokio::test]
    async fn newest_should_be_the_highest_that_was_reported() {
        let chain = Keeps::of(50, &[20]);
        let (tell, reported) = watch::channel(None);
        let mut finality = Finality::new(reported, tokio::spawn(async {}).abort_handle());
        assert!(finality.newest().is_none(), "nothing was reported");
        for (number, newest) in [(40, 40), (40, 40), (45, 45), (30, 45)] {
            tell.send_replace(Some(Arc::new(chain.node().justified(&chain.signatures(number)).await.unwrap())));
            finality.changed().await.unwrap();
            assert_eq!(finality.newest().unwrap().at(), chain.at(newest));
        }
        drop(tell);
        assert!(matches!(finality.changed().await, Err(Trouble::Lost(_))));
    }
}
