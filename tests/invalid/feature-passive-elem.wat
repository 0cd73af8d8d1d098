(module (table 1 funcref) (func $g) (elem func $g))
