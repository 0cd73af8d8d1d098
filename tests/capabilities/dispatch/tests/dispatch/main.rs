//! Calls of a host in optimised assembly: direct or inlined, never through a pointer.

mod assembly;

use assembly::{Architecture, Assembly};

const LEVELS: [&str; 3] = ["3", "s", "z"];

/// Each way to call the host is free of pointers, unless the host itself is behind one.
fn check(architecture: Architecture) {
    for level in LEVELS {
        let assembly = Assembly::of(architecture, level);
        let context = format!("{architecture:?}, opt-level {level}");
        for way in ["once", "sum", "chosen"] {
            for host in ["small", "large"] {
                let name = format!("{host}_{way}");
                let pointers = assembly.indirect_calls(&name);
                assert!(pointers.is_empty(), "{context}: {name}: {pointers:?}");
            }
            // The check sees a call through a pointer where there is one.
            let pointers = assembly.indirect_calls(&format!("dynamic_{way}"));
            assert!(!pointers.is_empty(), "{context}: dynamic_{way}: none");
        }
        // What is not inlined is called by its name. (For the least size LLVM may keep even small
        // functions apart.)
        let large = assembly.reached("large_once");
        assert!(large.iter().any(|name| name.contains("Large")), "{context}: {large:?}");
        let small = assembly.reached("small_once");
        assert!(small.len() == 1 || level == "z", "{context}: {small:?}");
        assert!(assembly.functions() > 12, "{context}: {}", assembly.functions());
    }
}

/// A call by way of the module is, instruction for instruction, the call of the host's function.
fn check_cost(architecture: Architecture) {
    let assembly = Assembly::of(architecture, "3");
    for host in ["small", "large", "dynamic"] {
        let by_module = assembly.instructions(&format!("{host}_once"));
        let by_hand = assembly.instructions(&format!("{host}_by_hand"));
        assert!(by_module.len() > 1, "{architecture:?}: {host}: {by_module:?}");
        assert_eq!(by_module, by_hand, "{architecture:?}: {host}");
    }
    let (sum, once) = (assembly.instructions("small_sum"), assembly.instructions("small_once"));
    assert_ne!(sum, once, "different functions differ");
}

#[test]
#[cfg_attr(not(has_x86_64), ignore = "no core library for x86_64-unknown-linux-gnu")]
fn direct_on_x86_64() {
    check(Architecture::X86_64);
}

#[test]
#[cfg_attr(not(has_x86_64), ignore = "no core library for x86_64-unknown-linux-gnu")]
fn at_no_cost_on_x86_64() {
    check_cost(Architecture::X86_64);
}

#[test]
#[cfg_attr(not(has_thumbv7m), ignore = "no core library: rustup target add thumbv7m-none-eabi")]
fn direct_on_thumbv7m() {
    check(Architecture::Thumbv7m);
}

#[test]
#[cfg_attr(not(has_thumbv7m), ignore = "no core library: rustup target add thumbv7m-none-eabi")]
fn at_no_cost_on_thumbv7m() {
    check_cost(Architecture::Thumbv7m);
}
