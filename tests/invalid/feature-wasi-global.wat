(module (import "wasi_snapshot_preview1" "fd_write" (global i32)))
