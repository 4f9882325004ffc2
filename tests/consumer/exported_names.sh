#!/bin/sh
# exported_names.sh NM LIBRARY…
# Fails when a shared library of ours shows other names than those that are for others: those
# of namespace rolecall that ROLECALL_API marks, and the one counter that a process must have
# once. The compiler's own, instances of templates of std, are shared by all libraries.
set -eu

nm=$1
shift

for library in "$@"; do
    names=$("$nm" --dynamic --defined-only --demangle "$library" | sed -E 's/^[0-9a-f]+ //')
    ours=$(printf '%s\n' "$names" | grep -E '^[A-Za-z] rolecall::' || true)
    if [ -z "$ours" ]; then
        echo "$library shows no name of ours: is this the right library?"
        exit 1
    fi

    others=$(printf '%s\n' "$names" |
        grep -vE '^[A-Za-z] (rolecall::|(typeinfo|typeinfo name|vtable) for rolecall::)' |
        grep -vE '^[VWu] (.* )?std::' || true)
    if [ -n "$others" ]; then
        echo "$library shows names that are not ours:"
        printf '%s\n' "$others" | head -n 20
        exit 1
    fi
    private=$(printf '%s\n' "$ours" | grep -E '^[A-Za-z] rolecall::(detail|audit|csv|review|watch|cli|directory|sqlite|user_file)::' |
        grep -vE 'rolecall::detail::new_lineage\(\)' || true)
    if [ -n "$private" ]; then
        echo "$library shows names that are nobody else's business:"
        printf '%s\n' "$private" | head -n 20
        exit 1
    fi
done
