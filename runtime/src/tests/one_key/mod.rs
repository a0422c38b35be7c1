//! Tests of the worst that a thief with one key can do, by the role of its participant, and of the way back. One file
//! for each role.

mod agent;
mod gateway;
mod issuer;
mod manager;
mod operator;
mod regulator;
mod thief;
mod trader;
mod validator;
mod vault_signatory;
