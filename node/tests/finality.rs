//! What the node tells of finality to those who come later.

use futures::{channel::mpsc, executor::block_on, stream, StreamExt};
use std::time::Duration;
use tandem_node::finality::keep_telling;

/// Longer than any test: nothing is repeated.
const NEVER: Duration = Duration::from_secs(3_600);

fn runtime() -> tokio::runtime::Runtime {
    tokio::runtime::Builder::new_current_thread().enable_time().build().expect("a runtime")
}

#[test]
fn keep_telling_should_tell_each_justification_once_and_end_with_them() {
    let (tell, told) = mpsc::unbounded();
    runtime().block_on(keep_telling(
        stream::iter([1, 2, 3]),
        NEVER,
        || panic!("none is missing"),
        move |each| tell.unbounded_send(each).expect("it is heard"),
    ));
    assert_eq!(block_on(told.collect::<Vec<u32>>()), [1, 2, 3]);
}

#[test]
fn keep_telling_should_repeat_the_last_one_where_nothing_more_is_made() {
    let (tell, told) = mpsc::unbounded();
    let telling = keep_telling(
        stream::iter([1]).chain(stream::pending()),
        Duration::from_millis(1),
        || Some(7),
        move |each| tell.unbounded_send(each).expect("it is heard"),
    );
    let heard = runtime().block_on(async {
        tokio::select! {
            () = telling => panic!("more could come"),
            heard = told.take(3).collect::<Vec<u32>>() => heard,
        }
    });
    assert_eq!(heard, [1, 7, 7]);
}

#[test]
fn keep_telling_should_tell_nothing_before_the_first() {
    let (tell, told) = mpsc::unbounded::<u32>();
    let asked = std::cell::Cell::new(0);
    let (end, ended) = futures::channel::oneshot::channel();
    let end = std::cell::Cell::new(Some(end));
    let telling = keep_telling(
        stream::pending::<u32>().take_until(ended),
        Duration::from_millis(1),
        || {
            asked.set(asked.get() + 1);
            if asked.get() == 3 {
                end.take().expect("once").send(()).expect("it is awaited");
            }
            None
        },
        move |each| tell.unbounded_send(each).expect("it is heard"),
    );
    runtime().block_on(telling);
    assert_eq!((asked.get(), block_on(told.collect::<Vec<u32>>())), (3, vec![]));
}
