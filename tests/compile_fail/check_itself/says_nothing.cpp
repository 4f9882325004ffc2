#if defined(SHOULD_FAIL)
int f() { return missing; }
#endif
