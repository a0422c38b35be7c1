//! One file per call, and one for what the controllers of escrow rely on.
