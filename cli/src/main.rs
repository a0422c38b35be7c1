//! tandem: the command line.
fn main() {}
