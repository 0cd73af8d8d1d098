;; Two pages are declared; max-memory leaves 5,000 bytes of them.
(module
  (import "env" "at" (global $at i32))
  (memory (export "memory") 2)
  (data (global.get $at) "data")
  (func (export "size") (result i32) (memory.size))
  (func (export "grow") (param i32) (result i32) (memory.grow (local.get 0)))
  (func (export "load") (param i32) (result i32) (i32.load8_u (local.get 0)))
  (func (export "fill") (param i32 i32) (memory.fill (local.get 0) (i32.const 1) (local.get 1))))
