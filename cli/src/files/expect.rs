//! What a line of the trade file expects, and whether that is what happened.

/// End of a trade, in the words of the table and of the `expect` column.
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd, serde::Deserialize, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Status {
    /// All lots have settled.
    Settled,
    /// Some lots settled and the rest never will.
    PartiallySettled,
    /// A party refused it.
    Rejected,
    /// The parties cancelled it.
    Cancelled,
    /// Time ran out; never having matched counts as this.
    Expired,
    /// A tranche had formed, was not executed in time, and went back.
    Reversed,
    /// The chain did not take it: it never became an instruction.
    Refused,
}

impl Status {
    /// All, in the order of the summary.
    pub const ALL: [Status; 7] = [
        Status::Settled,
        Status::PartiallySettled,
        Status::Rejected,
        Status::Cancelled,
        Status::Expired,
        Status::Reversed,
        Status::Refused,
    ];

    /// The word of the summary.
    pub fn word(self) -> &'static str {
        match self {
            Status::Settled => "settled",
            Status::PartiallySettled => "partially_settled",
            Status::Rejected => "rejected",
            Status::Cancelled => "cancelled",
            Status::Expired => "expired",
            Status::Reversed => "reversed",
            Status::Refused => "refused",
        }
    }
}

/// End of a trade, with the detail that tells it from other ends of the same status.
#[derive(Clone, Debug, Eq, PartialEq, serde::Deserialize, serde::Serialize)]
pub struct Ended {
    /// Under which it is counted.
    pub status: Status,
    /// As the `expect` column writes it: `partial:600:6000.00`, `unmatched:DMON`, `refused:GREYMARK is suspended`.
    pub text: String,
}

/// Expected end of a line that names none.
pub const DEFAULT: &str = "settled";

/// True for an end that a line may expect.
pub fn is_valid(expected: &str) -> bool {
    let (word, detail) = split(expected);
    match word {
        "settled" | "cancelled" | "reversed" => detail.is_none(),
        "partial" | "partially_settled" | "rejected" | "refused" => true,
        "expired" => matches!(detail, None | Some("unmatched")),
        "unmatched" => true,
        _ => false,
    }
}

/// True if this end is the expected one. Without a detail any end of that word is.
///
/// `rejected:TEXT` and `refused:TEXT` mean the same: that the trade was turned down with this text, by a party or by
/// the chain.
pub fn is_met(expected: &str, ended: &Ended) -> bool {
    let (word, detail) = split(expected);
    let (ended_word, ended_detail) = split(&ended.text);
    let same_word = match word {
        "rejected" | "refused" => matches!(ended.status, Status::Rejected | Status::Refused),
        "partial" | "partially_settled" => ended.status == Status::PartiallySettled,
        "unmatched" => ended_word == "unmatched" || ended.text == "expired:unmatched",
        _ => word == ended_word,
    };
    // A detail of terms that differ is a set; the chain names them in an order of its own.
    let set = |codes: &str| codes.split('+').map(str::to_owned).collect::<std::collections::BTreeSet<_>>();
    same_word && detail.is_none_or(|detail| ended_detail.is_some_and(|ended| set(detail) == set(ended)))
}

/// The first code of an `unmatched` expectation that was written before the codes followed ISO 20022, with its successor.
pub fn renamed_code(expected: &str) -> Option<(&str, &'static str)> {
    let ("unmatched", Some(codes)) = split(expected) else { return None };
    codes.split('+').find_map(|code| {
        let now = match code {
            "DTRA" => "DTRD",
            "RCPT" => "SAFE",
            "DDEA" | "SETR" => "OTHR",
            _ => return None,
        };
        Some((code, now))
    })
}

fn split(text: &str) -> (&str, Option<&str>) {
    text.split_once(':').map_or((text, None), |(word, detail)| (word, Some(detail)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ended(status: Status, text: &str) -> Ended {
        Ended { status, text: text.to_owned() }
    }

    #[test]
    fn is_met_should_compare_word_and_detail() {
        let partial = ended(Status::PartiallySettled, "partial:600:6000.00");
        assert!(is_met("partial:600:6000.00", &partial));
        assert!(is_met("partial", &partial));
        assert!(is_met("partially_settled", &partial));
        assert!(!is_met("partial:500:5000.00", &partial));
        assert!(!is_met("settled", &partial));
    }

    #[test]
    fn is_met_should_tell_unmatched_from_expired() {
        let alone = ended(Status::Expired, "expired:unmatched");
        assert!(is_met("expired:unmatched", &alone) && is_met("expired", &alone) && is_met("unmatched", &alone));
        let late = ended(Status::Expired, "expired");
        assert!(is_met("expired", &late) && !is_met("expired:unmatched", &late));
        let differs = ended(Status::Expired, "unmatched:DDAT+DQUA");
        assert!(is_met("unmatched:DQUA+DDAT", &differs) && is_met("unmatched", &differs));
        assert!(!is_met("unmatched:DQUA", &differs) && !is_met("expired", &differs));
    }

    #[test]
    fn is_met_should_take_refused_and_rejected_for_each_other() {
        let refused = ended(Status::Refused, "refused:GREYMARK is suspended");
        assert!(is_met("rejected:GREYMARK is suspended", &refused) && is_met("refused", &refused));
        assert!(!is_met("rejected:GREYMARK is sanctioned", &refused));
    }

    #[test]
    fn renamed_code_should_name_the_code_that_is_used_now() {
        assert_eq!(renamed_code("unmatched:DQUA+DTRA"), Some(("DTRA", "DTRD")));
        assert_eq!(renamed_code("unmatched:DEPT+RCPT"), Some(("RCPT", "SAFE")));
        assert_eq!(renamed_code("unmatched:DDEA"), Some(("DDEA", "OTHR")));
        assert_eq!(renamed_code("unmatched:SETR"), Some(("SETR", "OTHR")));
        assert_eq!(renamed_code("unmatched:DQUA+DDAT"), None);
        assert_eq!(renamed_code("rejected:DTRA"), None);
    }

    #[test]
    fn is_valid_should_know_the_words() {
        for text in ["settled", "partial:1:2", "expired:unmatched", "unmatched:DMON", "rejected:no", "reversed"] {
            assert!(is_valid(text), "{text}");
        }
        for text in ["", "done", "settled:now", "expired:late"] {
            assert!(!is_valid(text), "{text}");
        }
    }
}
