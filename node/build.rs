//! Gives the binary its version: the crate's, and the commit's if the build names one.

use substrate_build_script_utils::generate_cargo_keys;

/// The commit that the version shows: set by whoever builds a release. Asking git instead would compile the node again
/// after every commit, and would show a stale one if it did not.
const COMMIT: &str = "SUBSTRATE_CLI_GIT_COMMIT_HASH";

fn main() {
    println!("cargo:rerun-if-env-changed={COMMIT}");
    if std::env::var_os(COMMIT).is_none() {
        std::env::set_var(COMMIT, "");
    }
    generate_cargo_keys();
}
