(module
  (import "env" "memory" (memory 1))
  (func (export "sum") (param $at i32) (param $count i32) (result i32) (local $s i32)
    (block $done
      (loop $more
        (br_if $done (i32.eqz (local.get $count)))
        (local.set $s (i32.add (local.get $s) (i32.load8_u (local.get $at))))
        (local.set $at (i32.add (local.get $at) (i32.const 1)))
        (local.set $count (i32.sub (local.get $count) (i32.const 1)))
        (br $more)))
    (local.get $s)))
