;; herkos-c: --max-memory 5000
;; Two pages are declared and 5,000 bytes are there: memory.size still counts the pages, memory.grow fails, and neither
;; needs the memory; an access beyond the cap traps like any other outside.
(module
  (memory (export "memory") 2 10)
  (data (i32.const 4996) "last")
  (func (export "size") (result i32) (memory.size))
  (func (export "grow") (param i32) (result i32) (memory.grow (local.get 0)))
  (func (export "load") (param i32) (result i32) (i32.load (local.get 0))))
