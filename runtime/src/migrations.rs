//! Migrations of stored data that an upgrade runs over as many blocks as they need.
//!
//! A change of an encoding, a key or a hasher comes with a `SteppedMigration` in [`Migrations`], and raises the storage
//! version of its pallet. While migrations run, blocks carry inherents only: every transaction waits in the pool, and so do
//! the sweeps of `on_idle`. Deadlines pass meanwhile; what became due is closed by the first blocks after, under the rules
//! for a chain that stood still. `tests/migrations.rs` does this to five thousand open instructions.
//!
//! A migration that fails freezes the chain with its state as the last good step left it: half-migrated instructions must
//! not be traded on. The cure is a corrected runtime in the `codeSubstitutes` of the chain specification.

/// Migrations that an upgrade to this runtime runs, in order. A migration that has run on every network is removed with
/// the next upgrade.
pub type Migrations = ();
