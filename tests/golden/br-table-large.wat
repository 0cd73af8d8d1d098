;; br_table with many ways: each number by itself, so that rustc makes one table of jumps. Seven ways and the default have ranges.
(module
  (func (export "eight") (param i32) (result i32)
    (block $i (block $h (block $g (block $f (block $e (block $d (block $c (block $b (block $a
      (br_table $a $a $a $b $c $d $d $e $f $g $h $h $a $i (local.get 0)))
      (return (i32.const 1))) (return (i32.const 2))) (return (i32.const 3))) (return (i32.const 4)))
      (return (i32.const 5))) (return (i32.const 6))) (return (i32.const 7))) (return (i32.const 8)))
    (i32.const 9))
  (func (export "seven") (param i32) (result i32)
    (block $h (block $g (block $f (block $e (block $d (block $c (block $b (block $a
      (br_table $a $a $a $b $c $d $d $e $f $g $g $h (local.get 0)))
      (return (i32.const 1))) (return (i32.const 2))) (return (i32.const 3))) (return (i32.const 4)))
      (return (i32.const 5))) (return (i32.const 6))) (return (i32.const 7)))
    (i32.const 8)))
