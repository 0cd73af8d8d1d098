;; A start function: it runs after the segments; what it traps with, `new` returns.
(module
  (import "env" "ready" (func $ready (param i32)))
  (memory 1)
  (data (i32.const 4) "\2a\00\00\00")
  (global $up (mut i32) (i32.const 0))
  (func $main
    (global.set $up (i32.load (i32.const 4)))
    (call $ready (global.get $up)))
  (start $main)
  (func (export "up") (result i32) (global.get $up)))
