;; br_table: a switch with a default, with values, to a loop, out of the function, with no case at all.
(module
  (import "env" "note" (func $note (param i32)))
  (func (export "switch") (param i32) (result i32)
    (block $c (block $b (block $a
      (br_table $a $b $b $c $a (local.get 0)))
      (call $note (i32.const 1)) (return (i32.const 10)))
      (call $note (i32.const 2)))
    (i32.const 20))
  (func (export "value") (param i32) (result i32)
    (block $x (result i32)
      (i32.add (i32.const 100)
        (block $y (result i32)
          (br_table $x $y $x (i32.const 5) (local.get 0))))))
  (func (export "machine") (param $state i32) (param $fuel i32) (result i32)
    (loop $step
      (block $exit (block $two (block $one
        (br_table $one $two $exit (local.get $state)))
        (local.set $state (i32.const 1)) (br $step))
        (local.set $fuel (i32.sub (local.get $fuel) (i32.const 1)))
        (local.set $state (select (i32.const 0) (i32.const 9) (local.get $fuel)))
        (br $step)))
    (local.get $fuel))
  (func (export "only_default") (param i32) (block $d (br_table $d (local.get 0))))
  (func (export "leave") (param i32) (block $b (br_table 1 $b 1 (local.get 0))) (call $note (i32.const 3))))
