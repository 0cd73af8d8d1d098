;; Globals: constant ones become constants, mutable ones fields; exported ones have accessors.
(module
  (global $limit i32 (i32.const -7))
  (global $ratio (export "ratio") f64 (f64.const 0.1))
  (global $counter (export "counter") (mut i32) (i32.const 5))
  (global $total (mut i64) (i64.const -9223372036854775808))
  (global $nan (mut f32) (f32.const nan:0x200001))
  (global $minus (mut f64) (f64.const -0))
  (func (export "bump") (result i32)
    (global.get $counter)
    (global.set $counter (i32.add (global.get $counter) (global.get $limit))))
  (func (export "totals") (result i64 f32 f64)
    (global.set $total (i64.add (global.get $total) (i64.const 1)))
    (global.get $total) (global.get $nan) (f64.mul (global.get $minus) (global.get $ratio))))
