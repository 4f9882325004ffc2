// expect: (undeclared|not declared)
// expect: no compiler says this
#if CASE == 1
int f() { return missing; }
#elif CASE == 2
int f() { return nowhere; }
#endif
