;; herkos-c: --fuel --max-pages 4
;; Bulk instructions pay for their length.
(module
  (memory 1)
  (data $d "bytes")
  (func (export "bulk") (param i32)
    (memory.copy (i32.const 0) (i32.const 8) (local.get 0))
    (memory.fill (i32.const 0) (i32.const 1) (local.get 0))
    (memory.init $d (i32.const 0) (i32.const 1) (local.get 0)))
  (func (export "drop") (data.drop $d))
  (func (export "grow") (param i32) (result i32)
    (i32.add (i32.load (local.get 0)) (memory.grow (local.get 0)))))
