;; herkos-c: --fuel
;; Work is counted at the start of functions and on every turn of a loop.
(module
  (memory 1)
  (func $step (param i32) (result i32) (i32.add (local.get 0) (i32.const 1)))
  (func (export "count") (param $n i32) (result i32) (local $i i32)
    (loop $l
      (local.set $i (call $step (local.get $i)))
      (i32.store8 (local.get $i) (i32.const 1))
      (br_if $l (i32.lt_u (local.get $i) (local.get $n))))
    (local.get $i))
  (func (export "spin") (loop $l (br $l)))
  (func (export "nothing")))
