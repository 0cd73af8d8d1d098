;; Imports nothing, has no state.
(module
  (func $double (param $x i32) (result i32) (i32.shl (local.get $x) (i32.const 1)))
  (func (export "twice") (param $x i32) (result i32) (call $double (local.get $x))))
