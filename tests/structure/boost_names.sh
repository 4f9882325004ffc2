#!/bin/sh
# boost_names.sh NM LIBRARY
# Fails when a library shows names of Boost, with which an application's own Boost could be
# mistaken. In it Boost is called rolecall_boost.
set -eu

nm=$1 library=$2

names=$("$nm" "$library" 2>/dev/null) || { echo "could not list the names in $library"; exit 1; }
# As the compiler writes them: `boost` is 5 characters, `rolecall_boost` is 14.
if ! printf '%s\n' "$names" | grep -q 14rolecall_boost; then
    echo "no name of Boost was found under any name: is this the right library?"
    exit 1
fi
if printf '%s\n' "$names" | grep -E '[^0-9]5boost' | head -n 5 | grep .; then
    echo "the library shows names of Boost"
    exit 1
fi
