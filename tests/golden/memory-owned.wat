;; The module's own memory, of a fixed size: loads and stores of every width, offsets, size.
(module
  (memory (export "memory") 1 1)
  (func (export "load") (param i32) (result i32) (i32.load offset=4 (local.get 0)))
  (func (export "store") (param i32 i32) (i32.store offset=65532 (local.get 0) (local.get 1)))
  (func (export "bytes") (param i32) (result i64)
    (i64.add
      (i64.add (i64.load8_s (local.get 0)) (i64.load16_u offset=1 (local.get 0)))
      (i64.load32_u offset=4294967295 (local.get 0))))
  (func (export "swap") (param i32 i32) (local $t f64)
    (local.set $t (f64.load (local.get 0)))
    (f64.store (local.get 0) (f64.load (local.get 1)))
    (f64.store (local.get 1) (local.get $t)))
  (func (export "size") (result i32) (memory.size))
  (func (export "grow") (param i32) (result i32) (memory.grow (local.get 0))))
