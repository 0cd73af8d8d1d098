;; herkos-c: --part-bytes 30 --trace --max-stack 4096
;; A module with more code than one part holds: imports and dispatch stay outside, calls go across, and what is larger than a
;; part has one for itself. The functions of the last part are called by nobody.
(module
  (type $t (func (param i32) (result i32)))
  (import "env" "log" (func $log (param i32)))
  (memory 1)
  (global $g (mut i32) (i32.const 0))
  (table 2 funcref)
  (elem (i32.const 0) $at $fib)
  (func $at (param i32) (result i32) (i32.load (local.get 0)))
  (func $fib (type $t)
    (if (result i32) (i32.lt_s (local.get 0) (i32.const 2))
      (then (local.get 0))
      (else (i32.add (call $fib (i32.sub (local.get 0) (i32.const 1)))
        (call $fib (i32.sub (local.get 0) (i32.const 2)))))))
  (func (export "first") (param i32) (result i32)
    (global.set $g (call $at (local.get 0)))
    (call $log (global.get $g))
    (call $last (local.get 0)))
  (func $last (param i32) (result i32) (call_indirect (type $t) (local.get 0) (global.get $g)))
  (func $unused (param i64) (result i64)
    (i64.div_u (i64.const 1000) (i64.mul (local.get 0) (i64.const 1000000000000)))))
