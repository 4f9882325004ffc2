#!/bin/sh
# count.sh COMPILER INCLUDE HEADER…: prints how many instructions it takes COMPILER to read a
# file that includes these headers and nothing else. INCLUDE is the folder of our headers, or
# a `-` for none. As whoever links the library compiles them: see detail/export.hpp; without
# -DROLECALL_COMPILED they are as with the headers alone. The same compiler gives the same number, to a part in a thousand, on any
# machine, however busy.
set -eu
compiler=$1 include=$2
shift 2

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
for header in "$@"; do printf '#include <%s>\n' "$header"; done >"$folder/x.cpp"
if [ "$include" != - ]; then set -- "-I$include" -DROLECALL_COMPILED; else set --; fi

# The compiler proper is a child of what is called; it is the one that takes most.
valgrind --tool=callgrind --trace-children=yes --callgrind-out-file=/dev/null \
    "$compiler" -std=c++20 "$@" -fsyntax-only "$folder/x.cpp" >"$folder/log" 2>&1 || {
    cat "$folder/log" >&2
    exit 1
}
awk '/Collected :/ && $NF > most { most = $NF } END { if (!most) exit 1; printf "%.0f\n", most }' \
    "$folder/log"
