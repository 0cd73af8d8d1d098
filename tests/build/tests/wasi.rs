//! A module that imports from WASI demands of the host what it imports, and no more.

use herkos_tests_build::Project;

const MODULE: &str = r#"(module
    (import "wasi_snapshot_preview1" "fd_write"
        (func $write (param i32 i32 i32 i32) (result i32)))
    (import "wasi_snapshot_preview1" "random_get" (func $random (param i32 i32) (result i32)))
    (memory 1)
    (data (i32.const 0) "\08\00\00\00\06\00\00\00Hello\n")
    (func (export "_start")
        (drop (call $random (i32.const 8) (i32.const 1)))
        (drop (call $write (i32.const 1) (i32.const 0) (i32.const 1) (i32.const 100)))))"#;

fn project(name: &str, capabilities: &str) -> Project {
    let project = Project::new(name);
    project.write("wasm/calc.wasm", wat::parse_str(MODULE).unwrap());
    let main = r#"
        herkos_runtime::include_modules!();

        use herkos_runtime::wasi::{self, Errno, Fd};

        struct Output;

        impl wasi::Fds for Output {
            fn fd_write(&mut self, _: Fd, bytes: &[u8]) -> Result<usize, Errno> {
                print!("{}", String::from_utf8_lossy(bytes));
                Ok(bytes.len())
            }
        }

        struct Board {
            output: Output,
            seed: u8,
        }

        herkos_runtime::delegate_wasi!(Fds for Board => output);
        CAPABILITIES

        fn main() -> Result<(), herkos_runtime::WasmTrap> {
            let board = Board { output: Output, seed: b'h' };
            calc::Module::boxed(board)?._start()
        }
    "#;
    project.write("src/main.rs", main.replace("CAPABILITIES", capabilities));
    project.short_manifest();
    project
}

#[test]
fn a_host_with_what_is_needed() {
    let random = "impl wasi::Random for Board {
        fn random_get(&mut self, buf: &mut [u8]) -> Result<(), Errno> {
            buf.fill(self.seed);
            Ok(())
        }
    }";
    assert_eq!(project("t-wasi", random).run(), "hello");
}

#[test]
fn a_host_without_one_of_several_capabilities() {
    let run = project("t-wasi-missing", "").build();
    assert!(!run.ok);
    let text = "the module needs random numbers (WASI), and `Board` does not grant `wasi::Random`";
    assert!(run.stderr.contains(text), "{}", run.stderr);
    let text = "does not grant `wasi::Fds`";
    assert!(!run.stderr.contains(text), "{}", run.stderr);
}

#[test]
fn a_host_without_the_only_capability() {
    let project = project("t-wasi-only", "");
    let module = r#"(module
        (import "wasi_snapshot_preview1" "random_get" (func (param i32 i32) (result i32)))
        (memory 1)
        (func (export "_start")))"#;
    project.write("wasm/calc.wasm", wat::parse_str(module).unwrap());
    let run = project.build();
    assert!(!run.ok);
    let text = "the module needs random numbers (WASI), and `Board` does not grant `wasi::Random`";
    assert!(run.stderr.contains(text), "{}", run.stderr);
    assert!(run.stderr.contains("delegate_wasi!"), "{}", run.stderr);
}
