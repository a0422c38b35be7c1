//! What the node tells of finality to those who come later.
//!
//! GRANDPA reports each justification once, to whoever listens then. On a chain that has stopped nothing more is reported: its
//! last final block could be carried to another chain only by a gateway that was there when it became final. So the node
//! repeats the last one while there is no other. `grandpa_subscribeJustifications` promises no less: "the block most recently
//! finalized by Grandpa". The methods stay those of GRANDPA; `grandpa_proveFinality` is no help, because it answers nothing before
//! the first change of the validators.

use futures::{Stream, StreamExt};
use std::{pin::pin, time::Duration};

/// A chain that has made nothing final for so long repeats what it has: three blocks of two seconds.
pub const QUIET: Duration = Duration::from_secs(6);

/// Tells each justification as it is made, and the last one again whenever none was made for so long. Ends when no more can
/// come.
pub async fn keep_telling<J>(
    made: impl Stream<Item = J>,
    quiet: Duration,
    last: impl Fn() -> Option<J>,
    tell: impl Fn(J),
) {
    let mut made = pin!(made);
    loop {
        let justification = match tokio::time::timeout(quiet, made.next()).await {
            Ok(Some(justification)) => Some(justification),
            Ok(None) => return,
            Err(_) => last(),
        };
        if let Some(justification) = justification {
            tell(justification);
        }
    }
}
