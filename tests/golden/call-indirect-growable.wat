;; Dispatch where the memory may grow: an arm whose function does not takes the slice for itself.
(module
  (type $op (func (param i32) (result i32)))
  (memory (export "memory") 0 1)
  (table 4 funcref)
  (elem (i32.const 0) $load $store $grow $neither)
  (func $load (type $op) (i32.load (local.get 0)))
  (func $store (type $op) (i32.store (local.get 0) (i32.const 7)) (local.get 0))
  (func $grow (type $op) (memory.grow (local.get 0)))
  (func $neither (type $op) (i32.add (local.get 0) (i32.const 1)))
  (func (export "call") (param i32 i32) (result i32)
    (call_indirect (type $op) (local.get 0) (local.get 1))))
