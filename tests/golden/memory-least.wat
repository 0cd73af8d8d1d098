;; A memory that grows: only functions that access data whose place is known are told its least length. In a loop one such access
;; is enough; in a function that may grow the memory, which takes the slice anew, three must be there.
(module
  (memory (export "memory") 1 2)
  (data (i32.const 1024) "\01\02\03\04\05\06\07\08")
  ;; through a pointer: no
  (func (export "pair") (param $p i32) (result i32)
    (i32.add (i32.load (local.get $p)) (i32.load offset=4 (local.get $p))))
  (func (export "chain") (param $p i32) (result i32)
    (loop $next
      (br_if $next (local.tee $p (i32.load offset=12 (local.get $p)))))
    (local.get $p))
  ;; a table looked up in a loop: yes
  (func (export "hash") (param $p i32) (param $end i32) (result i32)
    (local $sum i32)
    (loop $next
      (local.set $sum (i32.xor (local.get $sum)
        (i32.load offset=1024 (i32.shl (i32.load8_u (local.get $p)) (i32.const 2)))))
      (br_if $next (i32.ne (local.tee $p (i32.add (local.get $p) (i32.const 1))) (local.get $end))))
    (local.get $sum))
  ;; the same once: no
  (func (export "once") (param $p i32) (result i32)
    (i32.load offset=1024 (i32.shl (i32.load8_u (local.get $p)) (i32.const 2))))
  ;; an array whose place is added to the index: yes
  (func (export "fill") (param $n i32)
    (loop $next
      (i32.store (i32.add (i32.shl (local.get $n) (i32.const 2)) (i32.const 2048)) (local.get $n))
      (br_if $next (local.tee $n (i32.sub (local.get $n) (i32.const 1))))))
  ;; an array whose place is the offset, whatever the index: yes
  (func (export "indexed") (param $n i32)
    (loop $next
      (i32.store offset=2048 (local.get $n) (local.get $n))
      (br_if $next (local.tee $n (i32.sub (local.get $n) (i32.const 1))))))
  ;; once, behind a loop through a pointer: no
  (func (export "behind") (param $p i32) (result i32)
    (loop $next
      (br_if $next (local.tee $p (i32.load (local.get $p)))))
    (i32.load offset=1024 (local.get $p)))
  ;; beyond the least length, or below all data: no
  (func (export "beyond") (param $n i32)
    (loop $next
      (i32.store offset=65536 (local.get $n) (local.get $n))
      (i32.store offset=1020 (local.get $n) (local.get $n))
      (br_if $next (local.tee $n (i32.sub (local.get $n) (i32.const 1))))))
  ;; three constants: yes, here too
  (func (export "grows") (param $n i32) (result i32)
    (i32.store (i32.const 1024) (local.get $n))
    (i32.store (i32.const 1028) (local.get $n))
    (i32.store (i32.const 1032) (local.get $n))
    (memory.grow (local.get $n)))
  ;; two, in a loop: no
  (func (export "grows_often") (param $n i32) (result i32)
    (loop $next
      (i32.store (i32.const 1024) (memory.grow (i32.const 1)))
      (br_if $next (i32.ne (i32.load (i32.const 1024)) (i32.const -1))))
    (memory.size)))
