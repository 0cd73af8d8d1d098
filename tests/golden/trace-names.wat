;; herkos-c: --trace
;; Names that generated code uses itself only when it traces; a library module.
(module
  (import "trap_trace" "at" (func $at (param i32)))
  (import "env" "memory" (memory 1))
  (func $trace (export "new_traced") (param i32) (call $at (i32.load (local.get 0))))
  (func (export "trap_trace") (param i32) (call $trace (local.get 0)))
  (func $a\b (param i32) (call $trace (local.get 0)))
  (func (export "plain") (result i32) (i32.const 1))
  (start $start)
  (func $start (call $at (i32.const 1))))
