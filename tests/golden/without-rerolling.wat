;; herkos-c: --without rerolling
;; The loop stays as it is unrolled.
(module
  (memory 1)
  (func (export "fill") (param $x i32) (local $i i32)
    (loop $l
      (i32.store (local.get $i) (local.get $x))
      (i32.store (i32.add (local.get $i) (i32.const 4)) (local.get $x))
      (br_if $l (i32.ne (local.tee $i (i32.add (local.get $i) (i32.const 8))) (i32.const 64))))))
