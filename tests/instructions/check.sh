#!/bin/sh
# check.sh PROGRAM COMPILER LIMITS VALGRIND FOLDER: counts the instructions of PROGRAM's checks
# and compares them with LIMITS, of whose two columns COMPILER (GNU or Clang) names one.
set -eu
program=$1 compiler=$2 limits=$3 valgrind=$4 folder=$5

rm -rf "$folder"
mkdir -p "$folder"
"$valgrind" --tool=callgrind --callgrind-out-file="$folder/out" "$program" \
    >"$folder/allowed.txt" 2>"$folder/valgrind.txt" || {
    cat "$folder/valgrind.txt"
    exit 1
}

# Each dump names what it counted: `desc: Trigger: Client Request: session`, `totals: 360000`.
requests=20000
for dump in "$folder"/out.*; do
    awk '/^desc: Trigger: Client Request/ { what = $NF } /^(totals|summary):/ { total = $2 }
        END { if (what != "") print what, total }' "$dump"
done | awk -v requests=$requests -v compiler="$compiler" '
    FNR == NR {
        if ($1 !~ /^#/ && NF == 3) limit[$1] = compiler == "GNU" ? $2 : $3
        next
    }
    {
        each = $2 / requests
        ++counted
        verdict = "ok"
        if (!($1 in limit)) { verdict = "NO LIMIT"; bad = 1 }
        else if (each > limit[$1]) { verdict = "TOO MANY"; bad = 1 }
        printf "%-30s %7.1f instructions, at most %3d  %s\n", $1, each, limit[$1], verdict
        delete limit[$1]
    }
    END {
        for (what in limit) { print what " was not counted"; bad = 1 }
        if (counted == 0) { print "nothing was counted"; bad = 1 }
        exit bad
    }' "$limits" -
