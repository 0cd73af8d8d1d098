;; Gives away references to its functions, and calls those that it is given.
(module
  (type $unary (func (param i32) (result i32)))
  (table $called 1 funcref)
  (func $negate (type $unary) (i32.sub (i32.const 0) (local.get 0)))
  (func $hidden (export "hidden") (type $unary) (i32.const 666))
  (func $other (param i64) (result i64) (local.get 0))
  (elem declare func $negate $other)
  (func (export "give") (result funcref) (ref.func $negate))
  (func (export "give_other") (result funcref) (ref.func $other))
  (func (export "call") (param $f funcref) (param $x i32) (result i32)
    (table.set $called (i32.const 0) (local.get $f))
    (call_indirect $called (type $unary) (local.get $x) (i32.const 0))))
