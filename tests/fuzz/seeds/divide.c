/* For the reader of DWARF: compiled with `clang -g`, the smallest line table that has a row for an instruction. */
__attribute__((export_name("divide"))) int divide(int dividend, int divisor)
{
    return dividend / divisor;
}
