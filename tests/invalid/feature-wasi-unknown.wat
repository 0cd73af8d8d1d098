(module (import "wasi_snapshot_preview1" "fd_wirte" (func (param i32 i32 i32 i32) (result i32))))
