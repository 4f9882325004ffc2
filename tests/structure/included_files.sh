#!/bin/sh
# included_files.sh SOURCE_DIR REGEX COMPILER [ARGUMENT]...
# Fails when one of the files that a source includes, near or far, matches the regex. Files
# below SOURCE_DIR are ours and always pass.
set -eu

source_dir=$1 regex=$2
shift 2

files=$("$@" -M) || { echo "could not list the included files"; exit 1; }
found=$(printf '%s\n' "$files" | tr -s ' ' '\n' |
    awk -v ours="$source_dir/" 'index($0, ours) != 1' | grep -E -- "$regex" || true)

if [ -n "$found" ]; then
    printf '%s\n' "$found" | sed 's/^/must not be included: /'
    exit 1
fi
