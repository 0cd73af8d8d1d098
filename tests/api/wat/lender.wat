;; Owns a memory and a table that others may be lent.
(module
  (type $unary (func (param i32) (result i32)))
  (memory (export "memory") 1)
  (table (export "table") 4 16 funcref)
  (elem (i32.const 3) $negate)
  (func $negate (type $unary) (i32.sub (i32.const 0) (local.get 0)))
  (func (export "call") (param $at i32) (param $x i32) (result i32)
    (call_indirect (type $unary) (local.get $x) (local.get $at)))
  (func (export "peek") (param i32) (result i32) (i32.load (local.get 0))))
