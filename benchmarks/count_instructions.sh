#!/bin/sh
# count_instructions.sh PROGRAM FOLDER [OPTION…]: how many instructions each check of the
# benchmarks takes, as callgrind counts them, into FOLDER/counts.txt: a name and a number a line.
# The same binary gives the same numbers on any machine, however busy.
set -eu
program=$1 folder=$2
shift 2

rm -rf "$folder"
mkdir -p "$folder"
valgrind --tool=callgrind --instr-atstart=no --callgrind-out-file="$folder/out" \
    "$program" --count-instructions "$@" >"$folder/sizes.txt" 2>"$folder/valgrind.txt" || {
    cat "$folder/valgrind.txt" >&2
    exit 1
}

# Each dump names what it counted: `desc: Trigger: Client Request: name`, `totals: 360000`.
for dump in "$folder"/out.*; do
    if [ ! -e "$dump" ]; then break; fi  # nothing that is counted matched the filter
    awk '/^desc: Trigger: Client Request/ { what = $NF } /^(totals|summary):/ { total = $2 }
        END { if (what != "") print what, total }' "$dump"
done | awk 'FNR == NR { size[$1] = $2; next } $1 in size { printf "%s %.2f\n", $1, $2 / size[$1] }' \
    "$folder/sizes.txt" - >"$folder/counts.txt"
