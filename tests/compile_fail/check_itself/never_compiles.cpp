// expect: missing
int f() { return missing; }
