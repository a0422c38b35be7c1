//! What the source's validators have signed: as the node reports it, and what it keeps where it reports nothing.

use super::node::{At, Node, Trouble};
use polkadot_sdk::{
    bp_header_chain::{
        justification::{verify_and_optimize_justification, GrandpaJustification, JustificationVerificationContext},
        AuthoritySet,
    },
    sp_core::{Bytes, H256},
    sp_runtime::traits::Header as _,
};
use std::{
    sync::Arc,
    time::{Duration, Instant},
};
use subxt::rpcs::client::rpc_params;
use tandem_runtime::Header;
use tokio::{
    sync::watch,
    task::{AbortHandle, JoinHandle},
};

/// A node that reports nothing for so long, though it has a later final block, is asked. A network that works reports a
/// header in every block or two.
const QUIET: Duration = Duration::from_secs(10);

/// A header, and the signatures that make it final.
#[derive(Clone, Debug)]
pub struct Justified {
    /// The header.
    pub header: Header,
    /// Who signed it.
    pub justification: GrandpaJustification<Header>,
}

impl Justified {
    /// Which block it is.
    pub fn at(&self) -> At {
        (&self.header).into()
    }
}

/// The newest justified header, as far as the node tells.
pub struct Finality {
    reported: watch::Receiver<Option<Arc<Justified>>>,
    newest: Option<Arc<Justified>>,
    /// Since when nothing newer was heard of, and nothing was asked.
    since: Instant,
    /// The last final block when it was asked: before the next one there is no other answer.
    asked: Option<H256>,
    /// Whether it was said already that it has no answer.
    said: bool,
    task: AbortHandle,
}

impl Drop for Finality {
    fn drop(&mut self) {
        self.task.abort();
    }
}

impl Finality {
    fn new(reported: watch::Receiver<Option<Arc<Justified>>>, task: AbortHandle) -> Self {
        Self { reported, newest: None, since: Instant::now(), asked: None, said: false, task }
    }

    /// The newest one; `None` until the node has told of any.
    pub fn newest(&mut self) -> Option<Arc<Justified>> {
        let reported = self.reported.borrow_and_update().clone();
        self.learn(reported, Instant::now());
        self.newest.clone()
    }

    /// Waits for the next report. Fails when the node has stopped telling.
    pub async fn changed(&mut self) -> Result<(), Trouble> {
        let ended = || Trouble::Lost("the node has ended its reports of finality".to_owned());
        self.reported.changed().await.map_err(|_| ended())
    }

    /// Asks for the newest one if no report has come for a while: each header is reported once, to those who are there,
    /// and of a chain that stands still there is nothing more to report.
    pub async fn catch_up(&mut self, node: &Node, finalized: At, now: Instant) -> Result<(), Trouble> {
        let reported = self.reported.borrow_and_update().clone();
        self.learn(reported, now);
        if !self.is_due(finalized, now) {
            return Ok(());
        }
        (self.asked, self.since) = (Some(finalized.hash), now);
        match node.last_justified(finalized).await {
            Ok(justified) => self.learn(Some(Arc::new(justified)), now),
            Err(Trouble::Passing(sentence)) if self.said => tracing::debug!("{sentence}"),
            Err(Trouble::Passing(sentence)) => {
                tracing::warn!("{sentence}");
                self.said = true;
            }
            Err(trouble) => return Err(trouble),
        }
        Ok(())
    }

    fn learn(&mut self, justified: Option<Arc<Justified>>, now: Instant) {
        let Some(justified) = justified else { return };
        if self.newest.as_ref().is_none_or(|newest| newest.at().number < justified.at().number) {
            (self.newest, self.since) = (Some(justified), now);
        }
    }

    fn is_due(&self, finalized: At, now: Instant) -> bool {
        let behind = self.newest.as_ref().is_none_or(|newest| newest.at().number < finalized.number);
        behind && self.asked != Some(finalized.hash) && now.saturating_duration_since(self.since) >= QUIET
    }
}

/// Follows what the node reports as final. What it reported before, it keeps in part: [`Finality::catch_up`] and
/// [`Node::next_of_set`] ask for it.
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

    type Tell = watch::Sender<Option<Arc<Justified>>>;

    fn finality() -> (Tell, Finality) {
        let (tell, reported) = watch::channel(None);
        (tell, Finality::new(reported, tokio::spawn(async {}).abort_handle()))
    }

    async fn reported(chain: &Keeps, number: u32) -> Option<Arc<Justified>> {
        Some(Arc::new(chain.node().justified(&chain.signatures(number)).await.unwrap()))
    }

    fn number(finality: &mut Finality) -> Option<u32> {
        finality.newest().map(|newest| newest.at().number)
    }

    #[tokio::test]
    async fn catch_up_should_ask_for_what_a_chain_that_stopped_does_not_report() {
        let chain = Keeps::of(50, &[20]);
        let (_tell, mut finality) = finality();
        let (node, last, start) = (chain.node(), chain.at(50), finality.since);
        finality.catch_up(&node, last, start + QUIET - Duration::from_millis(1)).await.unwrap();
        assert_eq!((number(&mut finality), chain.asked("grandpa_proveFinality")), (None, 0));
        finality.catch_up(&node, last, start + QUIET).await.unwrap();
        assert_eq!(number(&mut finality), Some(50));
        finality.catch_up(&node, last, start + QUIET * 3).await.unwrap();
        assert_eq!(chain.asked("grandpa_proveFinality"), 1, "it knows the last one");
    }

    #[tokio::test]
    async fn catch_up_should_ask_when_the_reports_stall() {
        let chain = Keeps::of(50, &[20]);
        let (tell, mut finality) = finality();
        let (node, last, start) = (chain.node(), chain.at(50), finality.since);
        tell.send_replace(reported(&chain, 40).await);
        finality.catch_up(&node, last, start + QUIET).await.unwrap();
        assert_eq!(number(&mut finality), Some(40), "it was reported just now");
        finality.catch_up(&node, last, start + QUIET * 2).await.unwrap();
        assert_eq!(number(&mut finality), Some(50));
        tell.send_replace(reported(&chain, 45).await);
        assert_eq!(number(&mut finality), Some(50), "a report that comes late is not newer");
    }

    #[tokio::test]
    async fn catch_up_should_ask_once_for_each_final_block_where_the_node_keeps_none() {
        let chain = Keeps::of(50, &[]);
        let (_tell, mut finality) = finality();
        let (node, start) = (chain.node(), finality.since);
        for (at, times, asked) in [(49, 1, 1), (49, 2, 1), (50, 3, 2), (50, 4, 2)] {
            finality.catch_up(&node, chain.at(at), start + QUIET * times).await.unwrap();
            assert_eq!((number(&mut finality), chain.asked("grandpa_proveFinality")), (None, asked));
        }
    }
}
