;; Names that leave rustfmt no room: of globals, tables, functions, import modules.
(module
  (import "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa" "f" (func (param i32 i32)))
  (import "bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb" "cccccccccccccccccccccccccccccccccccccccccccccccccccccccccc" (global (mut f64)))
  (memory 1)
  (global (export "dddddddddddddddddddddddddddddddddddddddddddddddddddddddddd") (mut i32) (i32.const 1))
  (table (export "eeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeee") 4 funcref)
  (func (export "ffffffffffffffffffffffffffffffffffffffffffffffffffffffffff")
    (i32.store (i32.const 0) (global.get 1))
    (table.set 0 (i32.const 0) (ref.null func))
    (call 0 (i32.const 1) (i32.const 1))
    (global.set 1 (i32.const 4))
    (global.set 0 (f64.const 1)))
  ;; Declarations up to the last column but one, to the last, and beyond.
  (func (export "to_column_99_xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx") (param i32) (result i32) (local.get 0))
  (func (export "to_column_100_xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx") (param i32) (result i32) (local.get 0))
  (func (export "to_column_101_xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx") (param i32) (result i32) (local.get 0)))
