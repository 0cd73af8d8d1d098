;; Counters from -n to 0 beside constant places, and loops that are nearly such: herkos starts the former at zero (counters.c).
(module
  (memory (export "memory") 1)
  (global $seen (export "seen") (mut i32) (i32.const 0))

  (func (export "fill") (param $x i32) (local $i i32)
    (local.set $i (i32.const -64))
    (loop $l
      (i32.store (i32.add (local.get $i) (i32.const 1088)) (local.get $x))
      (local.set $x (i32.rotl (i32.mul (local.get $x) (i32.const 2654435769)) (i32.const 7)))
      (br_if $l (local.tee $i (i32.add (local.get $i) (i32.const 4))))))
  (func $sum (export "sum") (result i32) (local $i i32) (local $sum i32)
    (local.set $i (i32.const -256))
    (loop $l
      (local.set $sum (i32.add (i32.mul (local.get $sum) (i32.const 31)) (i32.load8_u (i32.add (local.get $i) (i32.const 1280)))))
      (local.set $i (i32.add (local.get $i) (i32.const 1)))
      (br_if $l (local.get $i)))
    (local.get $sum))
  ;; the first place is the counter itself
  (func (export "from_zero") (param $x i32) (local $i i32)
    (local.set $i (i32.const -32))
    (loop $l
      (i64.store (i32.add (local.get $i) (i32.const 32)) (i64.extend_i32_s (local.get $x)))
      (br_if $l (local.tee $i (i32.add (local.get $i) (i32.const 8))))))
  ;; the place is read behind the step
  (func (export "behind") (param $x i32) (local $i i32)
    (local.set $i (i32.const -32))
    (loop $l
      (local.set $i (i32.add (local.get $i) (i32.const 8)))
      (i32.store (i32.add (local.get $i) (i32.const 512)) (local.get $x))
      (br_if $l (local.get $i))))
  ;; the counter is read behind the loop
  (func (export "left") (param $x i32) (result i32) (local $i i32)
    (local.set $i (i32.const -12))
    (loop $l
      (i32.store (i32.add (local.get $i) (i32.const 100)) (local.get $x))
      (br_if $l (local.tee $i (i32.add (local.get $i) (i32.const 4)))))
    (i32.add (local.get $x) (local.get $i)))
  ;; and its start before it
  (func (export "start") (param $x i32) (result i32) (local $i i32) (local $j i32)
    (local.set $i (i32.const -12))
    (local.set $j (i32.xor (local.get $i) (local.get $x)))
    (loop $l
      (i32.store (i32.add (local.get $i) (i32.const 100)) (local.get $x))
      (br_if $l (local.tee $i (i32.add (local.get $i) (i32.const 4)))))
    (local.get $j))
  ;; the counter is a value, too
  (func (export "value") (local $i i32)
    (local.set $i (i32.const -12))
    (loop $l
      (i32.store (i32.add (local.get $i) (i32.const 100)) (local.get $i))
      (br_if $l (local.tee $i (i32.add (local.get $i) (i32.const 4))))))
  ;; it is compared with a constant
  (func (export "compared") (result i32) (local $i i32) (local $n i32)
    (local.set $i (i32.const -12))
    (loop $l
      (local.set $n (i32.add (local.get $n) (i32.eq (local.get $i) (i32.const -8))))
      (local.set $n (i32.add (local.get $n) (i32.load (i32.add (local.get $i) (i32.const 12)))))
      (br_if $l (local.tee $i (i32.add (local.get $i) (i32.const 4)))))
    (local.get $n))
  (func (export "nested") (param $x i32) (local $i i32) (local $j i32)
    (local.set $i (i32.const -64))
    (loop $rows
      (local.set $j (i32.const -4))
      (loop $columns
        (i32.store8 (i32.add (local.get $j) (i32.const 300)) (i32.load8_u (i32.add (local.get $i) (i32.const 400))))
        (i32.store8 (i32.add (local.get $i) (i32.const 401)) (local.get $x))
        (br_if $columns (local.tee $j (i32.add (local.get $j) (i32.const 1)))))
      (global.set $seen (i32.add (global.get $seen) (i32.const 1)))
      (br_if $rows (local.tee $i (i32.add (local.get $i) (i32.const 16))))))
  ;; a place further away by a local, either way round, in an arm too
  (func (export "from_base") (param $x i32) (result i32) (local $i i32) (local $at i32) (local $base i32)
    (local.set $base (i32.and (local.get $x) (i32.const 0xff0)))
    (local.set $i (i32.const -48))
    (loop $l
      (local.set $at (i32.add (local.get $i) (local.get $base)))
      (i32.store (i32.add (local.get $at) (i32.const 2048)) (local.get $x))
      (if (i32.and (local.get $at) (i32.const 8))
        (then
          (local.set $at (i32.add (local.get $base) (local.get $i)))
          (i32.store8 (i32.add (local.get $at) (i32.const 9001)) (local.get $at))))
      (br_if $l (local.tee $i (i32.add (local.get $i) (i32.const 4)))))
    (local.get $at))
  ;; twice itself is no place
  (func (export "doubled") (result i32) (local $i i32) (local $at i32)
    (local.set $i (i32.const -16))
    (loop $l
      (local.set $at (i32.add (local.get $i) (local.get $i)))
      (i32.store8 (i32.add (local.get $at) (i32.const 100)) (local.get $at))
      (br_if $l (local.tee $i (i32.add (local.get $i) (i32.const 4)))))
    (local.get $at))
  ;; the inner counter goes on where it was
  (func (export "once") (param $x i32) (local $i i32) (local $j i32)
    (local.set $i (i32.const -8))
    (local.set $j (i32.const -32))
    (loop $rows
      (i32.store (i32.add (local.get $i) (i32.const 900)) (local.get $x))
      (loop $columns
        (i32.store8 (i32.add (local.get $j) (i32.const 800)) (i32.const 7))
        (local.set $j (i32.add (local.get $j) (i32.const 1)))
        (br_if $columns (i32.and (local.get $j) (i32.const 3))))
      (br_if $rows (local.tee $i (i32.add (local.get $i) (i32.const 4))))))
  ;; out of the loop early, by a branch, by a return, by a trap
  (func (export "search") (param $x i32) (result i32) (local $i i32)
    (local.set $i (i32.const -256))
    (block $found
      (loop $l
        (br_if $found (i32.eq (i32.load8_u (i32.add (local.get $i) (i32.const 1280))) (i32.and (local.get $x) (i32.const 255))))
        (br_if $l (local.tee $i (i32.add (local.get $i) (i32.const 1))))))
    (local.get $i))
  (func (export "search_inside") (param $x i32) (result i32) (local $i i32)
    (block $found
      (local.set $i (i32.const -256))
      (loop $l
        (br_if $found (i32.eq (i32.load8_u (i32.add (local.get $i) (i32.const 1280))) (i32.and (local.get $x) (i32.const 255))))
        (br_if $l (local.tee $i (i32.add (local.get $i) (i32.const 1))))))
    (local.get $i))
  ;; the start is another one, perhaps
  (func (export "perhaps") (param $x i32) (local $i i32)
    (local.set $i (i32.const -12))
    (if (i32.and (local.get $x) (i32.const 1)) (then (local.set $i (i32.const -8))))
    (loop $l
      (i32.store (i32.add (local.get $i) (i32.const 100)) (local.get $x))
      (br_if $l (local.tee $i (i32.add (local.get $i) (i32.const 4))))))
  (func (export "returns") (param $x i32) (result i32) (local $i i32) (local $n i32)
    (local.set $i (i32.const -64))
    (loop $l
      (local.set $n (i32.add (local.get $n) (i32.const 3)))
      (if (i32.eq (i32.load (i32.add (local.get $i) (i32.const 1088))) (local.get $x)) (then (return (local.get $n))))
      (br_if $l (local.tee $i (i32.add (local.get $i) (i32.const 4)))))
    (i32.const -1))
  (func (export "beyond") (param $x i32) (local $i i32)
    (local.set $i (i32.const -64))
    (loop $l
      (i32.store (i32.add (local.get $i) (i32.const 65574)) (local.get $x))
      (global.set $seen (i32.add (global.get $seen) (i32.const 1)))
      (br_if $l (local.tee $i (i32.add (local.get $i) (i32.const 4))))))
  ;; a turn that is begun anew before its step
  (func (export "again") (param $x i32) (local $i i32)
    (local.set $i (i32.const -64))
    (loop $l
      (local.set $x (i32.shr_u (local.get $x) (i32.const 1)))
      (br_if $l (i32.and (local.get $x) (i32.const 1)))
      (i32.store (i32.add (local.get $i) (i32.const 1088)) (local.get $x))
      (br_if $l (local.tee $i (i32.add (local.get $i) (i32.const 4))))))
  ;; two steps a turn
  (func (export "twice") (param $x i32) (local $i i32)
    (local.set $i (i32.const -64))
    (loop $l
      (i32.store (i32.add (local.get $i) (i32.const 1088)) (local.get $x))
      (local.set $i (i32.add (local.get $i) (i32.const 4)))
      (i32.store (i32.add (local.get $i) (i32.const 1188)) (local.get $x))
      (br_if $l (local.tee $i (i32.add (local.get $i) (i32.const 4))))))
  ;; a step on some turns only
  (func (export "sometimes") (param $x i32) (local $i i32)
    (local.set $i (i32.const -16))
    (loop $l
      (i32.store (i32.add (local.get $i) (i32.const 1088)) (local.get $x))
      (local.set $x (i32.add (local.get $x) (i32.const 1)))
      (if (i32.and (local.get $x) (i32.const 1))
        (then (local.set $i (i32.add (local.get $i) (i32.const 4)))))
      (br_if $l (local.get $i))))
  ;; through both arms, and a table of branches
  (func (export "arms") (param $x i32) (local $i i32)
    (local.set $i (i32.const -64))
    (loop $l
      (if (i32.and (i32.load (i32.add (local.get $i) (i32.const 1088))) (i32.const 1))
        (then (i32.store (i32.add (local.get $i) (i32.const 1088)) (local.get $x)))
        (else (i32.store (i32.add (local.get $i) (i32.const 2088)) (local.get $x))))
      (block $c (block $b (block $a
        (br_table $a $b $c (i32.and (i32.load8_u (i32.add (local.get $i) (i32.const 1089))) (i32.const 3))))
          (i32.store8 (i32.add (local.get $i) (i32.const 3000)) (local.get $x)))
        (i32.store8 (i32.add (local.get $i) (i32.const 4000)) (local.get $x)))
      (br_if $l (local.tee $i (i32.add (local.get $i) (i32.const 4))))))
  (func (export "least") (param $x i32) (result i32) (local $i i32)
    (local.set $i (i32.const -2147483648))
    (loop $l
      (i32.store (i32.const 8) (i32.add (local.get $i) (i32.const 2147483647)))
      (br_if $l (local.tee $i (i32.add (local.get $i) (i32.const 1073741824)))))
    (i32.load (i32.const 8)))
  ;; the value of a return, of an argument, of an arm: places, or the counter itself
  (func (export "returns_place") (param $x i32) (result i32) (local $i i32)
    (local.set $i (i32.const -64))
    (loop $l
      (if (i32.eq (i32.load (i32.add (local.get $i) (i32.const 1088))) (local.get $x))
        (then (return (i32.load (i32.add (local.get $i) (i32.const 1092))))))
      (br_if $l (local.tee $i (i32.add (local.get $i) (i32.const 4)))))
    (i32.const -1))
  (func (export "returns_counter") (param $x i32) (result i32) (local $i i32)
    (local.set $i (i32.const -64))
    (loop $l
      (if (i32.eq (i32.load (i32.add (local.get $i) (i32.const 1088))) (local.get $x)) (then (return (local.get $i))))
      (br_if $l (local.tee $i (i32.add (local.get $i) (i32.const 4)))))
    (i32.const -1))
  (func (export "arm_counter") (param $x i32) (local $i i32)
    (local.set $i (i32.const -64))
    (loop $l
      (block $b (block $a
        (br_table $a $b (i32.and (i32.load8_u (i32.add (local.get $i) (i32.const 1089))) (i32.const 1))))
        (global.set $seen (local.get $i)))
      (i32.store8 (i32.add (local.get $i) (i32.const 4000)) (local.get $x))
      (br_if $l (local.tee $i (i32.add (local.get $i) (i32.const 4))))))
  (func $next (result i32) (global.set $seen (i32.add (global.get $seen) (i32.const 3))) (global.get $seen))
  ;; the place waits for a call
  (func (export "waits") (param $x i32) (local $i i32)
    (local.set $x (i32.and (local.get $x) (i32.const 0xff0)))
    (local.set $i (i32.const -64))
    (loop $l
      (i32.store offset=2048 (i32.add (local.get $i) (local.get $x)) (call $next))
      (i32.store8 (i32.add (local.get $i) (i32.const 4000)) (call $next))
      (br_if $l (local.tee $i (i32.add (local.get $i) (i32.const 4))))))
  ;; behind the loop: read by a statement, or set anew
  (func (export "read_behind") (param $x i32) (local $i i32)
    (local.set $i (i32.const -12))
    (loop $l
      (i32.store (i32.add (local.get $i) (i32.const 100)) (local.get $x))
      (br_if $l (local.tee $i (i32.add (local.get $i) (i32.const 4)))))
    (global.set $seen (i32.sub (local.get $x) (local.get $i))))
  (func (export "set_behind") (param $x i32) (result i32) (local $i i32)
    (local.set $i (i32.const -12))
    (loop $l
      (i32.store (i32.add (local.get $i) (i32.const 100)) (local.get $x))
      (br_if $l (local.tee $i (i32.add (local.get $i) (i32.const 4)))))
    (local.set $i (i32.const 5))
    (if (i32.eq (call $next) (i32.const 7)) (then (local.set $i (i32.const 6))))
    (local.get $i))
  ;; more constants below zero than are looked at, one of them forgotten
  (func (export "many") (param $x i32) (result i32)
    (local $a i32) (local $b i32) (local $c i32) (local $d i32) (local $e i32) (local $f i32) (local $g i32) (local $h i32)
    (local $i i32) (local $j i32)
    (local.set $a (i32.const -4)) (local.set $b (i32.const -4)) (local.set $c (i32.const -4)) (local.set $d (i32.const -4))
    (local.set $e (i32.const -4)) (local.set $f (i32.const -4)) (local.set $g (i32.const -4)) (local.set $h (i32.const -4))
    (local.set $i (i32.const -4)) (local.set $j (i32.const -16))
    (local.set $g (local.get $x))
    (loop $l
      (i32.store8 (i32.add (local.get $a) (i32.const 100)) (local.get $b))
      (br_if $l (local.tee $a (i32.add (local.get $a) (i32.const 1)))))
    (loop $l
      (i32.store8 (i32.add (local.get $j) (i32.const 100)) (local.get $c))
      (br_if $l (local.tee $j (i32.add (local.get $j) (i32.const 1)))))
    (i32.add (i32.add (i32.add (local.get $d) (local.get $e)) (i32.add (local.get $f) (local.get $g)))
      (i32.add (local.get $h) (local.get $i)))))
