;; herkos-c: --trace --fuel --max-pages 4 --max-stack 4096
;; Fuel and stack: on entry the offset of the function's body, in a loop that of the loop.
(module
  (memory 1)
  (table $t 2 8 funcref)
  (data $d "abc")
  (func $deep (param i32) (call $deep (i32.add (local.get 0) (i32.const 1))))
  (func $start
    (loop $l
      (drop (memory.grow (i32.const 1)))
      (memory.init $d (i32.const 0) (i32.const 0) (i32.const 3))
      (data.drop $d)
      (table.set $t (i32.const 9) (ref.func $deep))
      (drop (table.grow $t (ref.null func) (i32.const 1)))
      (br_if $l (i32.load (i32.const 16)))))
  (elem declare func $deep)
  (export "deep" (func $deep))
  (start $start))
