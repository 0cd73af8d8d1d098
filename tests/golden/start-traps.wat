;; Segments that can't fit: instantiation traps, after what comes before them has been written.
(module
  (memory 1 1)
  (data (i32.const 0) "first")
  (data (i32.const 65534) "beyond")
  (table 1 funcref)
  (elem (i32.const 1) $f)
  (func $f (export "f") (unreachable)))
