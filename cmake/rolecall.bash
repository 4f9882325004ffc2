# Completion for bash. Commands and options are those that the program's own help lists.
# shellcheck shell=bash

# What stands in the first column of a list of commands, one a line: `check`, `users add`.
_rolecall_commands() {
    NO_COLOR=1 "$1" --help 2>/dev/null |
        awk -F '   *' '/^Commands$/ { on = 1; next } /^$/ { on = 0 } on { print $2 }'
}

_rolecall() {
    local word=${COMP_WORDS[COMP_CWORD]} before=${COMP_WORDS[COMP_CWORD - 1]}
    local program=${COMP_WORDS[0]} command=${COMP_WORDS[1]:-} words='' first=1
    COMPREPLY=()

    if ((COMP_CWORD == 1)) || [[ $command == help && $COMP_CWORD == 2 ]]; then
        words=$(_rolecall_commands "$program" | cut -d ' ' -f 1 | sort -u)
        if ((COMP_CWORD == 1)); then words+=' --help --version'; fi
        mapfile -t COMPREPLY < <(compgen -W "$words" -- "$word")
        return
    fi

    # The second words of commands of two: `users add`.
    if [[ $command == help ]]; then
        first=2 command=${COMP_WORDS[2]}
    fi
    words=$(_rolecall_commands "$program" | awk -v group="$command" '$1 == group && NF == 2 { print $2 }')
    if ((COMP_CWORD == first + 1)) && [[ -n $words ]]; then
        mapfile -t COMPREPLY < <(compgen -W "$words" -- "$word")
        return
    fi
    if ((first == 2)); then return; fi

    local help
    if [[ -n $words ]]; then
        help=$(NO_COLOR=1 "$program" "$command" "${COMP_WORDS[2]}" --help 2>/dev/null)
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
