#!/bin/sh
# man_page.sh PROGRAM PAGE
# Writes the page that `man rolecall` shows: what the program's own help says, laid out.
set -eu

program=$1 page=$2
here=$(cd "$(dirname "$0")" && pwd)

NO_COLOR=1 COLUMNS=80
export NO_COLOR COLUMNS
commands=$("$program" --help | awk '
    /^Commands$/ { on = 1; next }
    /^$/ { on = 0 }
    on { sub(/^ +/, ""); sub(/   *.*/, ""); print }')

{
    printf '%s\n' "@program $("$program" --version)"
    "$program" --help
    printf '%s\n' "$commands" | while read -r command; do
        printf '%s\n' "@command $command"
        # shellcheck disable=SC2086  # `import csv` is two words
        "$program" $command --help
    done
} | awk -f "$here/man_page.awk" >"$page.new"
mv "$page.new" "$page"
