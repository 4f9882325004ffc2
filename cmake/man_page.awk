# What the program's help says, as a page for man.
#
# Lines that begin with @ come from man_page.sh: `@program rolecall 0.1.0` before the general
# help, `@command check` before the help of a command. In a help, a line that is not indented
# is text, or the heading of a section when the line before it is empty and the one after it
# is indented; `  left   right` is a row of a table, and lines far to the right go on with it.

function plain(text) {  # nothing in it speaks to man
    gsub(/\\/, "\\e", text)
    gsub(/-/, "\\-", text)
    gsub(/'/, "\\(aq", text)
    if (text ~ /^\./) text = "\\\&" text
    return text
}

function end_example() {
    if (example) print ".fi\n.RE"
    example = 0
}

function begin_example() {
    if (!example) print ".RS 2\n.nf"
    example = 1
}

function heading(text) {
    end_example()
    section = text
    if (command == "") print ".SH " toupper(text)
    else print ".PP\n.B " text
}

/^@program / {
    print ".TH ROLECALL 1 \"\" \"" substr($0, 10) "\" \"User Commands\""
    print ".SH NAME\nrolecall \\- who may view, modify, store or delete which customer data"
    print ".SH DESCRIPTION"
    section = "text"
    next
}

/^@command / {
    end_example()
    command = substr($0, 10)
    if (!commands++) print ".SH EACH COMMAND"
    print ".SS rolecall " plain(command)
    section = "text"
    blank = 0
    next
}

/^$/ { blank = 1; end_example(); next }

/^[A-Z][a-z]+( [a-z]+)*$/ && blank { blank = 0; heading($0); next }

{
    if (blank && /^[^ ]/) print ".PP"
    blank = 0
}

# A row of a table, or more of the one before.
section ~ /^(Options|Commands|Exit codes)$/ && /^  [^ ].*   *[^ ]/ {
    row = substr($0, 3)
    match(row, /   */)
    print ".TP\n.B " plain(substr(row, 1, RSTART - 1))
    print plain(substr(row, RSTART + RLENGTH))
    next
}
section ~ /^(Options|Commands|Exit codes)$/ && /^   / {
    sub(/^ +/, "")
    print plain($0)
    next
}

# Lines to be read as they stand: usage, examples, and JSON within a text.
/^  / {
    begin_example()
    print plain(substr($0, 3))
    next
}

{
    end_example()
    print plain($0)
}

END { end_example() }
