;; herkos-c: --max-pages 1
(module (memory 2))
