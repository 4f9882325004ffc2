#!/bin/sh
# check.sh SNIPPET COMPILER [ARGUMENT]...
#
# A snippet compiles as it stands. For each of its lines
#
#     // expect: REGEX
#
# it is compiled once more, with SHOULD_FAIL defined and CASE set to 1 for the first such
# line, 2 for the second, and so on. Then it must fail, and the compiler's output must match
# the extended regular expression: write `gcc's words|clang's words`. A snippet with one case
# guards its wrong line by `#if defined(SHOULD_FAIL)`, one with several by `#if CASE == 2`.
set -eu

snippet=$1
shift

if ! output=$("$@" -fsyntax-only "$snippet" 2>&1); then
    printf '%s does not compile as it stands:\n%s\n' "$snippet" "$output"
    exit 1
fi

expectations=$(sed -nE 's|^ *// expect: *||p' "$snippet")
if [ -z "$expectations" ]; then
    # shellcheck disable=SC2016  # the backticks are text
    printf '%s has no line `// expect: …`\n' "$snippet"
    exit 1
fi

failed=0 case=0
while IFS= read -r regex; do
    case=$((case + 1))
    if output=$("$@" -fsyntax-only -DSHOULD_FAIL -DCASE=$case "$snippet" 2>&1); then
        printf '%s: case %s compiles, and must not\n' "$snippet" $case
        failed=1
    elif ! printf '%s\n' "$output" | grep -Eq -- "$regex"; then
        printf '%s: case %s fails, but the compiler does not say\n    %s\nIt says:\n%s\n' \
            "$snippet" $case "$regex" "$output"
        failed=1
    fi
done <<END
$expectations
END

[ $failed -eq 0 ] && echo "$case of $case cases fail as they must"
exit $failed
