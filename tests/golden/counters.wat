;; Loops that count up to zero: their counters start at zero where all they do is to find places.
(module
  (memory (export "memory") 1)
  (func (export "fill") (param $x i32) (local $i i32)
    (local.set $i (i32.const -64))
    (loop $l
      (i32.store (i32.add (local.get $i) (i32.const 1088)) (local.get $x))
      (br_if $l (local.tee $i (i32.add (local.get $i) (i32.const 4))))))
  (func (export "from_zero") (param $x i32) (result i32) (local $i i32)
    (local.set $i (i32.const -32))
    (loop $l
      (i32.store (i32.add (local.get $i) (i32.const 32)) (local.get $x))
      (br_if $l (local.tee $i (i32.add (local.get $i) (i32.const 8)))))
    (i32.add (local.get $x) (local.get $i)))
  (func (export "nested") (local $i i32) (local $j i32)
    (local.set $i (i32.const -64))
    (loop $rows
      (local.set $j (i32.const -4))
      (loop $columns
        (i32.store8 (i32.add (local.get $j) (i32.const 300)) (i32.load8_u (i32.add (local.get $i) (i32.const 400))))
        (br_if $columns (local.tee $j (i32.add (local.get $j) (i32.const 1)))))
      (br_if $rows (local.tee $i (i32.add (local.get $i) (i32.const 16))))))
  (func (export "from_base") (param $base i32) (local $i i32) (local $at i32)
    (local.set $i (i32.const -64))
    (loop $l
      (local.set $at (i32.add (local.get $i) (local.get $base)))
      (i32.store (i32.add (local.get $at) (i32.const 1088)) (local.get $base))
      (br_if $l (local.tee $i (i32.add (local.get $i) (i32.const 4))))))
  (func (export "value") (local $i i32)
    (local.set $i (i32.const -12))
    (loop $l
      (i32.store (i32.add (local.get $i) (i32.const 100)) (local.get $i))
      (br_if $l (local.tee $i (i32.add (local.get $i) (i32.const 4))))))
  (func (export "search") (param $x i32) (result i32) (local $i i32)
    (local.set $i (i32.const -256))
    (block $found
      (loop $l
        (br_if $found (i32.eq (i32.load8_u (i32.add (local.get $i) (i32.const 1280))) (local.get $x)))
        (br_if $l (local.tee $i (i32.add (local.get $i) (i32.const 1))))))
    (local.get $i)))
