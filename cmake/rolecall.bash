# Completion for bash. Commands and options are those that the program's own help lists.
# shellcheck shell=bash

_rolecall() {
    local word=${COMP_WORDS[COMP_CWORD]} before=${COMP_WORDS[COMP_CWORD - 1]}
    local program=${COMP_WORDS[0]} command=${COMP_WORDS[1]:-} words=''
    COMPREPLY=()

    if ((COMP_CWORD == 1)) || [[ $command == help && $COMP_CWORD == 2 ]]; then
        words=$(NO_COLOR=1 "$program" --help 2>/dev/null |
            awk '/^Commands$/ { on = 1; next } /^$/ { on = 0 } on { print $1 }')
        if ((COMP_CWORD == 1)); then words+=' --help --version'; fi
        mapfile -t COMPREPLY < <(compgen -W "$words" -- "$word")
        return
    fi
    if [[ $command == import && $COMP_CWORD == 2 ]]; then
        mapfile -t COMPREPLY < <(compgen -W csv -- "$word")
        return
    fi

    local help
    if [[ $command == import ]]; then
        help=$(NO_COLOR=1 "$program" import csv --help 2>/dev/null)
    else
        help=$(NO_COLOR=1 "$program" "$command" --help 2>/dev/null)
    fi
    case $before in
        --format)
            # The words of its line that are names of formats.
            words=$(sed -n '/^  --format /,/^  --[^f]/p' <<<"$help" |
                grep -oE '\<(text|json|csv|markdown|html|github|sarif)\>')
            mapfile -t COMPREPLY < <(compgen -W "$words" -- "$word")
            return ;;
        --color)
            mapfile -t COMPREPLY < <(compgen -W 'auto always never' -- "$word")
            return ;;
    esac
    if [[ $word == -* ]]; then
        words=$(awk '/^Options$/ { on = 1; next } /^$/ { on = 0 } on && $1 ~ /^--/ { print $1 }' <<<"$help")
        mapfile -t COMPREPLY < <(compgen -W "$words" -- "$word")
        return
    fi
    compopt -o filenames 2>/dev/null
    mapfile -t COMPREPLY < <(compgen -f -- "$word")
}

complete -F _rolecall rolecall
