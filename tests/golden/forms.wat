;; Rare forms of control: what compilers hardly ever make, and the specification allows. Run, too, in tests/e2e.
(module
  (global $trace (export "trace") (mut i32) (i32.const 0))
  (func $mark (param i32)
    (global.set $trace (i32.add (i32.mul (global.get $trace) (i32.const 10)) (local.get 0))))
  ;; One parameter of the loop becomes the next one, which changes at the same time.
  (func (export "rotate") (param $n i32) (result i32)
    (local.set $n (i32.and (local.get $n) (i32.const 15)))
    (i32.const 1) (i32.const 2) (i32.const 3)
    (loop $l (param i32 i32 i32) (result i32 i32 i32)
      (local.set $n (i32.sub (local.get $n) (i32.const 1)))
      (local.get $n)
      (br_if $l (i32.gt_s (local.get $n) (i32.const 0)))
      (i32.add))
    (i32.mul) (i32.sub))
  (func (export "leave_if") (param i32 i32)
    (if $i (local.get 0)
      (then (br_if $i (local.get 1)) (call $mark (i32.const 1)))
      (else (call $mark (i32.const 2)) (br_if $i (local.get 1)) (call $mark (i32.const 3))))
    (call $mark (i32.const 4)))
  (func (export "only_else") (param i32)
    (if $i (local.get 0) (then (br $i)) (else (call $mark (i32.const 1)))))
  (func (export "only_else_compared") (param i32 i64 f64) (result i32)
    (if $i (i32.ge_u (local.get 0) (i32.const 9)) (then (br $i)) (else (call $mark (i32.const 1))))
    (if $i (i64.ne (local.get 1) (i64.const 9)) (then (br $i)) (else (call $mark (i32.const 2))))
    (if $i (f64.lt (local.get 2) (f64.const 9)) (then (br $i)) (else (call $mark (i32.const 3))))
    (global.get $trace))
  (func (export "neither") (param i32 i32) (result i32)
    (if $i (local.get 0) (then (br $i)) (else (br $i)))
    (if (i32.div_u (local.get 0) (local.get 1)) (then))
    (local.get 0))
  ;; The switch is in a block of its own, which nothing leaves.
  (func (export "block_around") (param i32)
    (block $out
      (block
        (block $case (br_table $case $out (local.get 0)))
        (call $mark (i32.const 1)))
      (call $mark (i32.const 2)))
    (call $mark (i32.const 3)))
  (func (export "apart") (param i32) (result i32)
    (block $b (block $a
      (br_table $a $b $a $b $a $b $a (local.get 0)))
      (return (i32.const 1)))
    (i32.const 2))
  (func (export "switch_in_case") (param i32 i32)
    (block $out
      (block $outer
        (br_table $outer $out (local.get 0)))
      (block $inner
        (br_table $inner $out (local.get 1)))
      (call $mark (i32.const 1)))
    (call $mark (i32.const 2)))
  (func (export "switch_alone_in_case") (param i32 i32)
    (block $out
      (block $x
        (block $a (br_table $a $out (local.get 0)))
        (br_table $x $out (local.get 1)))
      (call $mark (i32.const 1)))
    (call $mark (i32.const 2)))
  (func (export "block_then_if") (param i32)
    (block $b
      (if (local.get 0) (then (br $b)))
      (call $mark (i32.const 1))))
  (func (export "negative_first") (param i32 i64) (result i32 i64)
    (i32.sub (i32.const -5) (local.get 0)) (i64.rotl (i64.const -7) (local.get 1)))
  ;; The results have a place, but control leaves before they are there.
  (func (export "never_there") (param i32) (result i32)
    (block $b (result i32 i32)
      (if (local.get 0) (then (return (i32.const 1))))
      (return (i32.const 2)))
    (i32.add)))
