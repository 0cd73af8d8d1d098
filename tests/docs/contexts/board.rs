use herkos_runtime::wasi::{self, ClockId, Errno, Fd, Timestamp};

block!();

/// The module runs on this host.
fn run(board: Board) -> Result<(), herkos_runtime::WasmTrap> {
    crate::modules::program::Module::boxed(board)?._start()
}
