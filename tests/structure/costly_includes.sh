#!/bin/sh
# costly_includes.sh INCLUDE_DIR [HEADER:<STANDARD HEADER>]...
# Fails when a header includes one of the standard headers that cost the most to compile,
# and the pair is not among the exceptions given.
set -eu

dir=$1
shift
costly='memory|functional|filesystem|chrono|iostream'

for exception in "$@"; do
    case $exception in
        policy_builder.hpp:*)
            echo "policy_builder.hpp may not be an exception: $exception"
            exit 1 ;;
    esac
done

failed=0
for pair in $(cd "$dir" && grep -rEo --include='*.hpp' "^ *# *include *<($costly)>" . |
    sed -E 's|^\./||; s|:.*<|:<|'); do
    allowed=0
    for exception in "$@"; do
        if [ "$exception" = "$pair" ]; then allowed=1; fi
    done
    if [ "$allowed" -eq 0 ]; then
        echo "costs too much to include: $pair"
        failed=1
    fi
done
exit $failed
