//! What is wrong with a command before anything is sent: one sentence each, and exit code 2.

use std::fmt;

/// Where in a file a fault is.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Place {
    file: String,
    line: Option<u64>,
    column: Option<String>,
}

impl Place {
    /// The file as a whole.
    pub fn file(file: &str) -> Self {
        Self { file: file.to_owned(), line: None, column: None }
    }

    /// A line of it, counted from 1.
    pub fn line(&self, line: u64) -> Self {
        Self { line: Some(line), ..self.clone() }
    }

    /// A column of the line, by name or by number.
    pub fn column(&self, column: impl Into<String>) -> Self {
        Self { column: Some(column.into()), ..self.clone() }
    }

    /// The sentence for a fault at this place.
    pub fn fault(&self, what: impl fmt::Display, cure: impl fmt::Display) -> String {
        format!("{self}: {what}; {cure}")
    }
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.file)?;
        if let Some(line) = self.line {
            write!(f, ":{line}")?;
        }
        if let Some(column) = &self.column {
            write!(f, ":{column}")?;
        }
        Ok(())
    }
}

/// Everything that is wrong, one sentence each.
#[derive(Debug, Eq, PartialEq)]
pub struct Faults(pub Vec<String>);

impl Faults {
    /// A single one.
    pub fn one(sentence: impl Into<String>) -> Self {
        Self(vec![sentence.into()])
    }

    /// `value`, if nothing is wrong.
    pub fn unless_any<T>(found: Vec<String>, value: T) -> Result<T, Self> {
        if found.is_empty() {
            Ok(value)
        } else {
            Err(Self(found))
        }
    }
}

impl fmt::Display for Faults {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0.join("\n"))
    }
}

impl std::error::Error for Faults {}

/// A fault of one sentence, as an error.
pub fn fault(sentence: impl Into<String>) -> anyhow::Error {
    Faults::one(sentence).into()
}
