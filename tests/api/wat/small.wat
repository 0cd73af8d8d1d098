;; A memory of 1-byte pages (custom-page-sizes proposal): 5,000 bytes cost 5,000 bytes. It may grow up to max-memory.
(module
  (memory (export "memory") 5000 (pagesize 1))
  (data (i32.const 4996) "last")
  (func (export "size") (result i32) (memory.size))
  (func (export "grow") (param i32) (result i32) (memory.grow (local.get 0)))
  (func (export "load") (param i32) (result i32) (i32.load8_u (local.get 0)))
  (func (export "store") (param i32 i32) (i32.store8 (local.get 0) (local.get 1))))
