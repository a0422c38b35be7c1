//! What a thief with one key can do at worst, by the role of its participant, and the way back. One file for each role.

mod operator;
mod regulator;
mod validator;
