;; Puts a function into a table that it is lent: of the same number and type as that of square.wat.
(module
  (type $unary (func (param i32) (result i32)))
  (import "env" "table" (table $t 4 16 funcref))
  (elem (i32.const 0) $double)
  (func (export "capacity") (result i32) (i32.const 16))
  (func $double (type $unary) (i32.shl (local.get 0) (i32.const 1)))
  (func (export "call") (param $at i32) (param $x i32) (result i32)
    (call_indirect (type $unary) (local.get $x) (local.get $at)))
  (func (export "grow") (param i32) (result i32)
    (table.grow $t (ref.null func) (local.get 0))))
