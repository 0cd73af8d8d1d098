;; Calls the reference that it is given; its own function of that type is `secret`. Keeps a
;; reference to something of the host's.
(module
  (type $unary (func (param i32) (result i32)))
  (import "env" "close" (func $close (param externref)))
  (table $called 1 funcref)
  (table $kept 1 externref)
  (func $secret (type $unary) (i32.const 42))
  (elem declare func $secret)
  (func (export "own") (result funcref) (ref.func $secret))
  (func (export "call") (param $f funcref) (param $x i32) (result i32)
    (table.set $called (i32.const 0) (local.get $f))
    (call_indirect $called (type $unary) (local.get $x) (i32.const 0)))
  (func (export "keep") (param $handle externref)
    (table.set $kept (i32.const 0) (local.get $handle)))
  (func (export "close") (call $close (table.get $kept (i32.const 0)))))
