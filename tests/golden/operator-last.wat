;; An operator whose last operand may trap is no Result itself.
(module
  (memory 1)
  (func (export "or") (param i32 i32) (result i32)
    (i32.or (local.get 0) (i32.load (local.get 1))))
  (func (export "xor") (param i64 i64) (result i64)
    (i64.xor (local.get 0) (i64.div_s (local.get 1) (local.get 0))))
  (func (export "add") (param f64 i32) (result f64)
    (f64.add (local.get 0) (f64.load (local.get 1))))
  (func (export "alone") (param i32 i32) (result i32)
    (i32.div_u (local.get 0) (local.get 1))))
