;; A table's storage is static.
(module (table 10000001 funcref))
