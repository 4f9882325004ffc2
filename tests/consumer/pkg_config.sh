#!/bin/sh
# pkg_config.sh LINKS INSTALLED VERSION POLICY WORK COMPILER…
# Compiles the applications with the compiler and what pkg-config says, links them, and runs
# them. LINKS is `core`, or `static`, `shared`, `static;shared`: what they are linked with.
# INSTALLED holds installed rolecalls, as CMakeLists.txt tells.
set -eu

links=$1 installed=$2 version=$3 policy=$4 work=$5
shift 5
here=$(cd "$(dirname "$0")" && pwd)
: "${PKG_CONFIG:=pkg-config}" "${READELF:=readelf}"

fail() {
    echo "$*"
    exit 1
}

# look_in PREFIX: where pkg-config looks from now on. For the core, it sees nothing else.
look_in() {
    folder=$(find "$1" -type d -name pkgconfig)
    [ -d "$folder" ] || fail "no folder of pkg-config files in $1"
    libraries=$(dirname "$folder")
    if [ "$links" = core ]; then
        export PKG_CONFIG_LIBDIR="$folder"
        unset PKG_CONFIG_PATH
    else
        export PKG_CONFIG_PATH="$folder"
    fi
}

# compile PACKAGE STANDARD [FLAG…], into $program.o
compile() {
    package=$1 standard=$2
    shift 2
    said=$("$PKG_CONFIG" --modversion "$package")
    [ "$said" = "$version" ] || fail "$package is of version $said, and rolecall of $version"
    source=$here/${package#rolecall-}.cpp
    program=$work/$package-$standard
    flags=$("$PKG_CONFIG" --cflags "$package")
    # shellcheck disable=SC2086  # flags are many words
    "$@" -std="$standard" -Wall -Wextra -Wpedantic -Werror -fvisibility=hidden \
        -I"$here/without_boost" $flags -MD -MF "$program.d" -c "$source" -o "$program.o"
    if grep '/boost/' "$program.d"; then fail "$source includes Boost"; fi
}

# link_and_run PREFIX static|shared COMPILER…, of the $package that was compiled
link_and_run() {
    look_in "$1"
    kind=$2
    shift 2
    option=''
    if [ "$kind" = static ]; then option=--static; fi
    # shellcheck disable=SC2086  # an option or none
    flags=$("$PKG_CONFIG" $option --libs "$package")
    # shellcheck disable=SC2086
    "$@" "$program.o" -o "$program-$kind" $flags

    linked=static
    if "$READELF" -d "$program-$kind" | grep -q 'NEEDED.*librolecall'; then linked=shared; fi
    [ $linked = "$kind" ] || fail "$program-$kind was linked as $linked"
    LD_LIBRARY_PATH="$libraries" "$program-$kind" "$policy" ||
        fail "$program-$kind ended with exit code $?"
}

rm -rf "$work"
mkdir -p "$work"

if [ "$links" = core ]; then
    for standard in c++20 c++2b; do
        look_in "$installed/core"
        compile rolecall-core $standard "$@" -fno-exceptions -fno-rtti
        link_and_run "$installed/core" static "$@"
    done
    exit
fi

for what in 'rolecall c++20' 'rolecall c++2b' 'rolecall-yaml c++20' 'rolecall-users c++20'; do
    look_in "$installed/moved"
    # shellcheck disable=SC2086  # a package and a standard
    compile $what "$@"
    case $links in *static*) link_and_run "$installed/static" static "$@" ;; esac
    case $links in *shared*) link_and_run "$installed/moved" shared "$@" ;; esac
done
