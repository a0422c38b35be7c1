//! Statuses: set for participants that this run has registered, and left alone for all others.

use super::Loader;
use crate::{
    chain::{calls::Call, directory::Registered},
    commands::{
        decide::{self, is_for_one, Decision},
        transact::{self, Wanted},
    },
    files::participants::{Book, Participant},
};
use tandem_primitives::{Body, Lei, ParticipantId, Reason, ReasonCode, Status};

impl Loader {
    /// Sets the statuses of participants that this run has registered, or a cut-off one before it.
    pub(super) async fn set_statuses(&mut self) -> anyhow::Result<()> {
        let registered = self.registered().await?;
        let (to_set, left) = statuses(&self.book, &registered, |lei| self.unfinished.has(lei));
        self.done.statuses = to_set.len();
        let (mut alone, mut together) = (Vec::new(), Vec::new());
        let reason = Reason::new(ReasonCode::Registration);
        for (participant, id) in to_set {
            let status = participant.status;
            let call = Call::set_status(id, status, &reason);
            let purpose = format!("making {} {status:?}", participant.code);
            if is_for_one(participant.roles, Status::Active, status) {
                alone.push(Wanted { key: self.regulator[0].clone(), call, purpose, unless: None });
            } else {
                together.push(Decision { body: Body::Regulator, call, purpose });
            }
        }
        self.left.extend(left);
        transact::all(&self.chain, "setting statuses", alone).await?;
        let waiting = decide::all(&self.chain, "setting statuses", &self.regulator, together).await?;
        self.waiting.extend(waiting.iter().map(ToString::to_string));
        Ok(())
    }
}

/// Participants whose statuses are to be set, with their numbers; and a sentence for each other that is left as it is.
///
/// A participant is registered as `Active`: one that stands otherwise has had its status from the regulator, or from the
/// run that was cut off.
fn statuses<'a>(
    book: &'a Book,
    registered: &[Registered],
    is_new: impl Fn(Lei) -> bool,
) -> (Vec<(&'a Participant, ParticipantId)>, Vec<String>) {
    let mut to_set = Vec::new();
    let mut left = Vec::new();
    for participant in &book.participants {
        let Some(found) = registered.iter().find(|found| found.lei == participant.lei) else { continue };
        if found.status == participant.status {
            continue;
        }
        if is_new(participant.lei) && found.status == Status::Active {
            to_set.push((participant, found.id));
        } else {
            left.push(format!(
                "{}: {} is {:?} on this chain and stays so, although the file says {:?}; only tandem set-status changes a \
                 status that is there",
                book.file, participant.code, found.status, participant.status
            ));
        }
    }
    (to_set, left)
}

#[cfg(test)]
mod tests {
    use super::*;
    use tandem_primitives::Roles;

    const QUARRY: Lei = Lei(*b"TNDM00QUARRY00000067");

    fn of(in_file: &str, on_chain: Status, is_new: bool) -> (usize, Vec<String>) {
        let status = if in_file.is_empty() { String::new() } else { format!("status = \"{in_file}\"\n") };
        let book = Book::parse(
            "p.toml",
            &format!(
                "[[participant]]\ncode = \"QUARRY\"\nname = \"Q\"\nlei = \"{QUARRY}\"\nroles = [\"Trader\"]\n{status}\
                 account = [{{label = \"main\", key = \"//Q\"}}]\n"
            ),
        )
        .unwrap();
        let registered = Registered {
            id: ParticipantId(4),
            name: "Q".into(),
            lei: QUARRY,
            roles: Roles::default(),
            status: on_chain,
            accounts: vec![],
            agents: vec![],
        };
        let (to_set, left) = statuses(&book, &[registered], |_| is_new);
        assert!(to_set.iter().all(|(_, id)| *id == ParticipantId(4)));
        (to_set.len(), left)
    }

    #[test]
    fn cli_c6_no_status_that_is_there_should_change() {
        for in_file in ["", "Active", "Suspended", "Sanctioned", "Revoked"] {
            for on_chain in [Status::Active, Status::Suspended, Status::Sanctioned, Status::Revoked] {
                assert_eq!(of(in_file, on_chain, false).0, 0, "{in_file} {on_chain:?}");
            }
        }
        assert_eq!(
            of("", Status::Sanctioned, false).1,
            ["p.toml: QUARRY is Sanctioned on this chain and stays so, although the file says Active; only tandem \
              set-status changes a status that is there"]
        );
        assert_eq!(of("Suspended", Status::Suspended, false), (0, vec![]));
    }

    #[test]
    fn cli_c6_a_new_participant_should_get_its_status_and_lose_none() {
        assert_eq!(of("Suspended", Status::Active, true), (1, vec![]));
        assert_eq!(of("", Status::Active, true), (0, vec![]));
        // Since a run was cut off, the regulator has decided otherwise.
        for in_file in ["", "Suspended"] {
            let (to_set, left) = of(in_file, Status::Sanctioned, true);
            assert_eq!((to_set, left.len()), (0, 1));
        }
    }
}
