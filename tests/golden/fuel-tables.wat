;; herkos-c: --fuel
;; Bulk instructions on tables pay for their length.
(module
  (table $t 4 8 funcref)
  (table $u 4 externref)
  (elem $e func $f)
  (func $f (export "f") (param i32)
    (table.fill $t (i32.const 0) (ref.func $f) (local.get 0))
    (table.copy $t $t (i32.const 0) (i32.const 1) (local.get 0))
    (table.init $t $e (i32.const 0) (i32.const 0) (local.get 0))
    (table.set $t (i32.const 0) (ref.null func))
    (elem.drop $e))
  (func (export "g") (param i32) (result i32)
    (drop (table.grow $t (ref.null func) (local.get 0)))
    (table.copy $u $u (i32.const 0) (i32.const 1) (local.get 0))
    (table.size $u)))
