;; herkos-c: --without memory-length
;; For comparison: the memory never grows, and still is a slice of any length.
(module
  (memory (export "memory") 1)
  (func (export "sum") (param i32) (result i32)
    (i32.add (i32.load (local.get 0)) (i32.load offset=4 (local.get 0)))))
