;; Long expressions, long argument lists and deep nesting stay within 100 columns, as rustfmt would have them.
(module
  (memory 1)
  (func $many (param i32 i64 f32 f64 i32 i64 f32 f64 i32 i64 f32 f64) (result i32)
    (i32.add (local.get 0) (local.get 8)))
  (func (export "long") (param $alpha i32) (param $beta i32) (result i32)
    (i32.add (i32.mul (i32.add (i32.mul (i32.add (i32.mul (i32.add (i32.mul (i32.add (i32.mul
      (local.get $alpha) (local.get $beta)) (i32.const 1000000001)) (local.get $alpha)) (i32.const 1000000002))
      (local.get $beta)) (i32.const 1000000003)) (local.get $alpha)) (i32.const 1000000004)) (local.get $beta))
      (i32.load offset=123456 (i32.load offset=234567 (i32.load offset=345678 (local.get $alpha))))))
  (func (export "calls") (param i32 i64 f32 f64) (result i32)
    (call $many (local.get 0) (local.get 1) (local.get 2) (local.get 3) (i32.const 100000000) (local.get 1)
      (f32.const 1.17549435e-38) (f64.const 2.2250738585072014e-308) (i32.const -2147483648)
      (i64.const -9223372036854775808) (f32.const nan) (f64.const -inf)))
  (func (export "deep") (param i32) (result i32)
    (if (result i32) (local.get 0) (then (if (result i32) (i32.load (local.get 0)) (then
      (if (result i32) (i32.load offset=4 (local.get 0)) (then (if (result i32) (i32.load offset=8 (local.get 0)) (then
        (if (result i32) (i32.and (i32.load offset=12 (local.get 0)) (i32.load offset=16 (local.get 0)))
          (then (call $many (i32.load offset=20 (local.get 0)) (i64.const 1) (f32.const 2) (f64.const 3) (i32.const 4)
            (i64.const 5) (f32.const 6) (f64.const 7) (i32.const 8) (i64.const 9) (f32.const 10) (f64.const 11)))
          (else (i32.const 5)))) (else (i32.const 4)))) (else (i32.const 3)))) (else (i32.const 2))))
      (else (i32.const 1)))))
