;; Growth: functions that may grow take the growable memory and take its slice anew afterwards.
(module
  (memory (export "memory") 1 2)
  (func $grow (param i32) (result i32) (memory.grow (local.get 0)))
  (func (export "push") (param $p i32) (param $v i32) (result i32)
    (i32.store (local.get $p) (local.get $v))
    (drop (call $grow (i32.const 1)))
    (i32.store offset=65536 (local.get $p) (local.get $v))
    (i32.load (local.get $p)))
  (func (export "around") (param i32) (result i32 i32 i32)
    (memory.size) (memory.grow (local.get 0)) (memory.size))
  (func (export "old_then_new") (param i32) (result i32)
    (i32.sub (i32.load (local.get 0)) (call $grow (i32.load offset=4 (local.get 0)))))
  (func (export "peek") (param i32) (result i32) (i32.load (local.get 0))))
