//! The last answer of a task, exactly as the server sent it.
//!
//! Typed values lose what their types do not know, and generated code hands on neither the bytes
//! nor the request. So whoever wants them makes the call inside [`scope`].

use std::cell::RefCell;

use bytes::Bytes;
use http::{HeaderMap, StatusCode};

tokio::task_local! {
    static SLOT: RefCell<Option<Captured>>;
}

/// An answer and the request that it answers.
#[derive(Clone, Debug)]
pub(crate) struct Captured {
    /// The request's method.
    pub(crate) method: String,
    /// The request's path, without its query.
    pub(crate) path: String,
    /// The answer's status.
    pub(crate) status: StatusCode,
    /// The answer's headers.
    pub(crate) headers: HeaderMap,
    /// The answer's body; of an error answer at most the first mebibyte.
    pub(crate) body: Bytes,
    /// Whether an earlier try of the same call may have been carried out.
    pub(crate) repeated: bool,
}

/// Runs a future and hands back what it made, along with the last answer that was read in it.
/// Downloads are not recorded.
pub(crate) async fn scope<F: Future>(future: F) -> (F::Output, Option<Captured>) {
    let recorded = async {
        let output = future.await;
        (output, SLOT.with(RefCell::take))
    };
    SLOT.scope(RefCell::new(None), recorded).await
}

/// Records an answer, if anyone wants it.
pub(super) fn record(captured: impl FnOnce() -> Captured) {
    // an error means that the task is in no scope
    drop(SLOT.try_with(|slot| slot.replace(Some(captured()))));
}

/// Notes on the last answer that the call was made more than once.
pub(super) fn note_repeated() {
    let note = |slot: &RefCell<Option<Captured>>| {
        if let Some(captured) = &mut *slot.borrow_mut() {
            captured.repeated = true;
        }
    };
    // whoever does not want the answer does not want the note
    let _ = SLOT.try_with(note);
}

#[cfg(test)]
mod tests {
    use super::*;

    fn captured(path: &str) -> Captured {
        Captured {
            method: "GET".to_owned(),
            path: path.to_owned(),
            status: StatusCode::OK,
            headers: HeaderMap::new(),
            body: Bytes::new(),
            repeated: false,
        }
    }

    #[tokio::test]
    async fn the_last_answer_is_handed_back() {
        let (output, last) = scope(async {
            record(|| captured("/1"));
            record(|| captured("/2"));
            7
        })
        .await;

        assert_eq!(output, 7);
        assert_eq!(last.unwrap().path, "/2");
    }

    #[tokio::test]
    async fn scopes_do_not_see_each_other() {
        record(|| captured("/outside"));
        let outer = scope(async {
            let ((), inner) = scope(async { record(|| captured("/inner")) }).await;
            assert_eq!(inner.unwrap().path, "/inner");
        });

        assert!(outer.await.1.is_none());
    }
}
