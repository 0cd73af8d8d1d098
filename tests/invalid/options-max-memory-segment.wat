;; herkos-c: --max-memory 5000
(module (memory 1)
  (data (i32.const 0) "fits")
  (data (i32.const 4998) "two bytes are outside"))
