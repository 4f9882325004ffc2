#!/bin/sh
# table.sh COMPILER INCLUDE LIMITS FORMAT [HEADER…]: how many instructions it takes to compile each
# public header of the folder INCLUDE, or those named, alone; beside what five headers of the
# standard library take together. FORMAT is text or markdown. ROLECALL_JOBS headers at a time.
set -eu
compiler=$1 include=$2 limits=$3 format=$4
shift 4
here=$(cd "$(dirname "$0")" && pwd)
standard='string vector span atomic optional'

if [ $# -eq 0 ]; then
    # shellcheck disable=SC2046  # names of headers have no spaces
    set -- $(cd "$include" && echo rolecall/*.hpp)
fi
results=$(mktemp)
trap 'rm -f "$results"' EXIT

progress() {
    if [ -t 2 ]; then printf '\r\033[K%s' "$1" >&2; fi
}

progress "  … the standard library's"
# shellcheck disable=SC2086  # a word each
printf '%s %s\n' "$(sh "$here/count.sh" "$compiler" - $standard)" calibration >>"$results"
printf '%s %s\n' "$(sh "$here/count.sh" "$compiler" - iostream)" iostream >>"$results"

progress "  … $# headers"
# Each line is one short write, so that lines of several jobs don't mix.
# shellcheck disable=SC2016  # the inner shell expands it
printf '%s\0' "$@" | xargs -0 -n 1 -P "${ROLECALL_JOBS:-$(nproc)}" sh -c '
    number=$(sh "$1/count.sh" "$2" "$3" "$4") || { echo "$4 does not compile" >&2; exit 1; }
    printf "%s %s\n" "$number" "$4"' - "$here" "$compiler" "$include" >>"$results"
progress ''

case $compiler in *clang*) column=3 ;; *) column=2 ;; esac
sort -n "$results" | awk -v column=$column -v format="$format" -v standard="$standard" '
    FNR == NR {
        if ($1 !~ /^#/ && NF == 3) limit[$1] = $column
        next
    }
    { count[++n] = $1; name[n] = $2; if ($2 == "calibration") base = $1 }
    END {
        gsub(/ /, ">, <", standard)
        if (format == "markdown") {
            print "| | 10⁹ instructions | of the standard headers | at most | |"
            print "|---|--:|--:|--:|---|"
        } else {
            printf "  %-34s %10s  %8s  %8s\n", "", "10^9 instr", "ratio", "at most"
        }
        for (i = 1; i <= n; ++i) {
            what = name[i]
            if (what == "calibration") what = "<" standard ">"
            if (what == "iostream") what = "<iostream>"
            most = verdict = ""
            if (name[i] in limit) {
                most = sprintf("%.2f", limit[name[i]])
                over = count[i] / 1e9 / limit[name[i]]
                verdict = over <= 1 ? "met" : sprintf("missed by %.0f %%", 100 * (over - 1))
            }
            if (format == "markdown") {
                what = "`" what "`"
                printf "| %s | %.2f | %.2f× | %s | %s |\n", what, count[i] / 1e9, count[i] / base, most, verdict
            } else {
                printf "  %-46s %6.2f  %6.2f x  %8s  %s\n", what, count[i] / 1e9, count[i] / base, most, verdict
            }
        }
    }' "$limits" -
