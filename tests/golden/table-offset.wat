;; An element segment whose place an imported global decides: the table has storage.
(module
  (import "env" "table_base" (global $base i32))
  (import "env" "log" (func $log (param i32) (result i32)))
  (type $unary (func (param i32) (result i32)))
  (table (export "table") 4 funcref)
  (elem (global.get $base) $log $double)
  (func $double (type $unary) (i32.shl (local.get 0) (i32.const 1)))
  (func (export "call") (param $f i32) (param $x i32) (result i32)
    (call_indirect (type $unary) (local.get $x) (local.get $f))))
