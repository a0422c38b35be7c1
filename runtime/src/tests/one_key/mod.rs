//! What a thief with one key can do at worst, by the role of its participant, and the way back. One file for each role.

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
