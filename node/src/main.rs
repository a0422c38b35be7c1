//! The Tandem node.
fn main() {}
