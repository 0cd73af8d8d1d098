;; Works on a memory that it is lent.
(module
  (import "env" "memory" (memory 1))
  (import "env" "trace" (func $trace (param $at i32)))
  (global $calls (export "calls") (mut i32) (i32.const 0))
  (func (export "first") (param $at i32) (result i32)
    (global.set $calls (i32.add (global.get $calls) (i32.const 1)))
    (call $trace (local.get $at))
    (i32.load8_u (local.get $at))))
