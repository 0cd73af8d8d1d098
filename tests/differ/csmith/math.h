/*
 * math.h: what csmith's programs with floats use of it.
 */
#ifndef MATH_H
#define MATH_H

#define fabsf __builtin_fabsf
#define fabs __builtin_fabs

#endif
