;; A memory that grows ends at its maximum, whatever its storage is: what is in a static offset may go to the address. Both loops are
;; rolled up.
(module
  (memory (export "memory") 1 2)
  (func (export "offsets") (param $a i32) (param $x i32) (local $i i32)
    (loop $l
      (i32.store (i32.add (local.get $a) (local.get $i)) (local.get $x))
      (i32.store offset=4 (i32.add (local.get $a) (local.get $i)) (local.get $x))
      (br_if $l (i32.ne (local.tee $i (i32.add (local.get $i) (i32.const 8))) (i32.const 64)))))
  (func (export "sums") (param $a i32) (param $x i32) (result i32) (local $i i32)
    (loop $l
      (i32.store (i32.add (local.get $a) (local.get $i)) (local.get $x))
      (i32.store (i32.add (i32.add (local.get $a) (local.get $i)) (i32.const 4)) (local.get $x))
      (br_if $l (i32.ne (local.tee $i (i32.add (local.get $i) (i32.const 8))) (i32.const 64))))
    (memory.grow (local.get $x))))
