#!/bin/sh
# namespace_of_version.sh SOURCE_DIR: every declaration of ours stands in the inline namespace of
# this version, so that two versions in one process keep apart. Before 1.0 a minor release may
# change what a type holds.
set -eu
cd "$1"

number() { sed -n "s/^#define ROLECALL_VERSION_$1 \([0-9]*\)$/\1/p" include/rolecall/version.hpp; }
expected="rolecall::inline v$(number MAJOR)_$(number MINOR)"

opened=$(grep -rE --include='*.hpp' --include='*.cpp' '^namespace rolecall' include src)
if printf '%s\n' "$opened" | grep -vE "namespace $expected(::[a-z_]+)* \{\$"; then
    echo "the namespaces above are not in $expected"
    exit 1
fi
[ "$(printf '%s\n' "$opened" | wc -l)" -gt 50 ]
