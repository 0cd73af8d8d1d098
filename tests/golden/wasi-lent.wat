;; WASI in a module that is lent its memory and a table: its calls are passed the memory alone.
(module
  (import "wasi_snapshot_preview1" "fd_close" (func $close (param i32) (result i32)))
  (import "env" "table" (table 2 funcref))
  (import "env" "function" (func $function))
  (import "env" "memory" (memory 1))
  (func (export "run")
    (drop (call $close (i32.const 1)))
    (call $function)
    (drop (memory.grow (i32.const 1)))
    (call_indirect (i32.const 0))))
