;; Two tables of others', which its host gets too.
(module
  (import "env" "functions" (table 1 funcref))
  (import "env" "handlers" (table 1 funcref))
  (import "env" "note" (func $note))
  (func (export "swap") (local funcref)
    (local.set 0 (table.get 0 (i32.const 0)))
    (table.set 0 (i32.const 0) (table.get 1 (i32.const 0)))
    (table.set 1 (i32.const 0) (local.get 0))
    (call $note)))
