;; Calls its host once, in a loop, and through a table.
(module
  (type $binary (func (param i32 i32) (result i32)))
  (import "env" "add" (func $add (type $binary)))
  (table 3 3 funcref)
  (elem (i32.const 0) $add $minus $times)
  (func $minus (type $binary) (i32.sub (local.get 0) (local.get 1)))
  (func $times (type $binary) (i32.mul (local.get 0) (local.get 1)))
  (func (export "once") (param $x i32) (result i32) (call $add (local.get $x) (i32.const 7)))
  (func (export "sum") (param $count i32) (result i32) (local $sum i32)
    (loop $more
      (local.set $sum (call $add (local.get $sum) (local.get $count)))
      (br_if $more
        (local.tee $count (i32.sub (local.get $count) (i32.const 1)))))
    (local.get $sum))
  (func (export "chosen") (param $which i32) (param $x i32) (result i32)
    (call_indirect (type $binary) (local.get $x) (i32.const 3) (local.get $which))))
