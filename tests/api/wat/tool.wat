;; A library with state of its own beside the memory that it is lent.
(module
  (import "env" "memory" (memory 1))
  (global $calls (mut i32) (i32.const 0))
  (func (export "mark") (param i32) (result i32)
    (global.set $calls (i32.add (global.get $calls) (i32.const 1)))
    (i32.store (local.get 0) (global.get $calls))
    (global.get $calls)))
