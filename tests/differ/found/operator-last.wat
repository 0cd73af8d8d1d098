;; A function whose last instruction is an operator of Rust's, and its second operand may trap: the operand's question
;; mark was taken for the whole expression's, and rustc refused the function. First found as 20261122.27.
;; new
;; call 0 f0 4
;; call 0 f0 10000
;; call 1 7 fffffffffffffffe
;; call 1 0 0
;; call 2 3ff8000000000000 8
(module
  (memory 1)
  (data (i32.const 4) "\0f\00\00\00\00\00\00\00\00\00\f8\3f")
  (func (export "f0") (param i32 i32) (result i32)
    (i32.or (local.get 0) (i32.load (local.get 1))))
  (func (export "f1") (param i64 i64) (result i64)
    (i64.xor (local.get 0) (i64.div_s (local.get 1) (local.get 0))))
  (func (export "f2") (param f64 i32) (result f64)
    (f64.add (local.get 0) (f64.load (local.get 1)))))
