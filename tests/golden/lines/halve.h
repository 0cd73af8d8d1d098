static int halve(int value, int parts)
{
    return value / parts; /* divides */
}
