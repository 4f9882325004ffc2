#!/bin/sh
# check.sh COMPILER KIND INCLUDE LIMITS: fails where a header of LIMITS takes more instructions
# to compile than its limit. KIND is GNU or Clang, and names the column.
set -eu
compiler=$1 kind=$2 include=$3 limits=$4
here=$(cd "$(dirname "$0")" && pwd)

case $kind in GNU) column=2 ;; Clang) column=3 ;; *) echo "no limits for $kind"; exit 1 ;; esac
bad=0 checked=0
while read -r header gnu clang; do
    case $header in '' | '#'*) continue ;; esac
    if [ $column -eq 2 ]; then most=$gnu; else most=$clang; fi
    number=$(sh "$here/count.sh" "$compiler" "$include" "$header" </dev/null)
    checked=$((checked + 1))
    if awk -v n="$number" -v most="$most" 'BEGIN { exit !(n <= most * 1e9) }'; then
        verdict=ok
    else
        verdict='TOO MANY' bad=1
    fi
    awk -v h="$header" -v n="$number" -v most="$most" -v v="$verdict" \
        'BEGIN { printf "%-32s %5.2f × 10⁹ instructions, at most %.2f  %s\n", h, n / 1e9, most, v }'
done <"$limits"
if [ $checked -eq 0 ]; then
    echo "$limits names no header"
    exit 1
fi
exit $bad
