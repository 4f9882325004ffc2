// expect: never seen
int f() { return 1; }
