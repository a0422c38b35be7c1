//! Tests of two chains of this runtime that settle one trade: real states, real roots, real proofs, real
//! justifications.

mod agents;
mod any_order;
mod blocked;
mod deciding;
mod forged;
mod frozen;
mod governance;
mod lane;
mod life;
mod managers;
mod network;
mod pair;
mod planted;
mod replaced;
mod sanctions;
mod sweep;
mod tampered;
mod times;
mod walk_away;
mod weighed;
