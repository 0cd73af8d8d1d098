;; herkos-c: --without counters
;; For comparison: the counter starts where clang put it.
(module
  (memory (export "memory") 1)
  (func (export "fill") (param $x i32) (local $i i32)
    (local.set $i (i32.const -64))
    (loop $l
      (i32.store (i32.add (local.get $i) (i32.const 1088)) (local.get $x))
      (br_if $l (local.tee $i (i32.add (local.get $i) (i32.const 4)))))))
