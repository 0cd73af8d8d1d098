;; Made small while i64.shl was broken on purpose: the count is taken modulo 64, and so the divisor is not 0.
;; open
;; new
;; call 2 dc7bacf 3fe2a80000000000 54299286 4dd2f973
(module
  (type (;0;) (func (result f32)))
  (type (;1;) (func (param i32 f32 i64 f64) (result i32 f32)))
  (type (;2;) (func (param f32 f64 f32 f32) (result i64)))
  (type (;3;) (func (result i64 i32)))
  (export "f2" (func 2))
  (func (;0;) (type 0) (result f32)
    unreachable
  )
  (func (;1;) (type 1) (param i32 f32 i64 f64) (result i32 f32)
    unreachable
  )
  (func (;2;) (type 2) (param f32 f64 f32 f32) (result i64)
    (local i32 i64 f32 f64 i32 i32 i32)
    i64.const 33
    i64.const 8739430772983546438
    i64.const 2147483648
    i64.shl
    i64.div_s
  )
  (func (;3;) (type 3) (result i64 i32)
    unreachable
  )
)
