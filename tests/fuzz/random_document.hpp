// Random documents of the subset of YAML that our reader accepts, written in all the ways in
// which the same thing can be written. Valid by construction, but for distort().
#ifndef ROLECALL_TESTS_FUZZ_RANDOM_DOCUMENT_HPP
#define ROLECALL_TESTS_FUZZ_RANDOM_DOCUMENT_HPP

#include <cstddef>
#include <cstdint>
#include <random>
#include <string>
#include <string_view>

namespace rolecall::testing {

class random_document {
public:
    explicit random_document(std::uint32_t seed) : random_(seed) {}

    std::string write() {
        if (one_in(4)) line(one_in(2) ? "---" : "--- # start");
        filler();
        collection(0, 0);
        if (one_in(4)) line("...");
        filler();
        return std::move(text_);
    }

    /// A few slips of the keyboard.
    std::string distort(std::string text) {
        constexpr std::string_view slips[] = {
            " ", "  ", "\n", "\n  ", "- ",    "- \n",  ": ", ":",  "'",   "\"", "[",
            "]", "{",  "}",  ",",    "#",     " #",    "|",  ">",  "|\n", "&a", "*a",
            "!", "?",  "~",  "%",    "---\n", "...\n", "\\", "\t", "\r",  "x"};
        for (std::size_t n = 1 + below(3); n > 0; --n) {
            std::size_t const at = below(text.size() + 1);
            if (one_in(3))
                text.erase(at, 1 + below(4));
            else if (one_in(4))
                text.insert(at, text.substr(below(text.size() + 1), below(12)));
            else
                text.insert(at, slips[below(std::size(slips))]);
        }
        return text;
    }

private:
    static constexpr int max_depth = 5;

    std::size_t below(std::size_t bound) {
        return bound == 0 ? 0 : std::uniform_int_distribution<std::size_t>(0, bound - 1)(random_);
    }
    bool one_in(std::size_t n) { return below(n) == 0; }

    template <std::size_t size>
    std::string_view any_of(std::string_view const (&choices)[size]) {
        return choices[below(size)];
    }

    void line(std::string_view content) { (text_ += content) += "\n"; }

    // Blank lines and comments.
    void filler() {
        while (one_in(5)) line(any_of({"", "# comment: [", "  # \"indented", "   "}));
    }

    void end_line() {
        if (one_in(8)) text_ += any_of({" # comment", "  #", " "});
        text_ += one_in(50) ? "\r\n" : "\n";
        filler();
    }

    std::string spaces(std::size_t count) { return std::string(count, ' '); }
    std::size_t deeper(std::size_t column) { return column + 1 + below(3); }

    // A mapping or list; the cursor is at its column.
    void collection(std::size_t column, int depth) {
        if (one_in(3))
            sequence(column, depth);
        else
            mapping(column, depth);
    }

    void mapping(std::size_t column, int depth) {
        std::size_t const size = 1 + below(4);
        for (std::size_t i = 0; i < size; ++i) {
            if (i > 0) text_ += spaces(column);
            text_ += key(i) + (one_in(9) ? " :" : ":");
            value_behind_key(column, depth);
        }
    }

    void sequence(std::size_t column, int depth) {
        std::size_t const size = 1 + below(4);
        for (std::size_t i = 0; i < size; ++i) {
            if (i > 0) text_ += spaces(column);
            std::string const gap = spaces(1 + below(3));
            text_ += '-';
            if (depth < max_depth && one_in(4)) {
                text_ += gap;
                collection(column + 1 + gap.size(), depth + 1);
            } else if (depth < max_depth && one_in(6)) {
                below_line(column, depth);
            } else {
                text_ += gap;
                lone_value(column + 1, depth);
            }
        }
    }

    void value_behind_key(std::size_t column, int depth) {
        if (depth < max_depth && one_in(3)) {
            if (one_in(5)) {
                end_line();
                text_ += spaces(column);
                return sequence(column, depth + 1);
            }
            return below_line(column, depth);
        }
        text_ += spaces(1 + below(3));
        lone_value(column + 1, depth);
    }

    void below_line(std::size_t column, int depth) {
        end_line();
        std::size_t const inner = deeper(column);
        text_ += spaces(inner);
        collection(inner, depth + 1);
    }

    // A value up to the end of its line, and the lines below that belong to it.
    void lone_value(std::size_t least, int depth) {
        switch (below(8)) {
            case 0: flow(least, depth); break;
            case 1: return block(least);
            case 2: plain_lines(least); break;
            case 3: text_ += quoted(); break;
            default: text_ += plain(); break;
        }
        end_line();
    }

    std::string key(std::size_t number) {
        std::string const unique = std::to_string(number);
        if (one_in(5)) return '"' + inside_double_quotes() + unique + '"';
        if (one_in(5)) return '\'' + inside_single_quotes() + unique + '\'';
        return std::string(any_of({"key", "a b", "é", "x-y", "a.b.*", "http://x#"})) + unique;
    }

    std::string plain() {
        return std::string(any_of({"text", "no", "1.0", "two words", "-x", "a:b", "a#b", "it's",
                                   "say \"so\"", "日本", "--", "100%", "a & b", "x*", "<<", "a-"}));
    }

    std::string flow_plain() {
        return std::string(any_of({"text", "no", "two words", "-x", "a:b", "it's", "x*", "日本"}));
    }

    std::string inside_double_quotes() {
        return std::string(any_of({"", " text ", "\\\"", "\\\\", "\\n", "\\u00e9: ", " # '", "[,",
                                   "\\x41", "\\U0001F600"}));
    }

    std::string inside_single_quotes() {
        return std::string(any_of({"", "''", " text ", "\\", "\\n", "é: ", " # \"", "{,", "~"}));
    }

    std::string quoted() {
        if (one_in(2)) return '"' + inside_double_quotes() + inside_double_quotes() + '"';
        return '\'' + inside_single_quotes() + inside_single_quotes() + '\'';
    }

    void plain_lines(std::size_t least) {
        text_ += plain();
        for (std::size_t n = below(3); n > 0; --n) {
            text_ += any_of({"\n", "\n\n", "\n   \n\n", " \n"});
            text_ += spaces(least + below(3)) +
                     std::string(any_of({"more", "\"and\" more", "[x", "'", "&c"}));
        }
    }

    void block(std::size_t least) {
        std::size_t const indent = least + below(3);
        text_ += any_of({"|", ">"});
        text_ += any_of({"", "-"});
        end_block_header();
        for (std::size_t n = below(2); n > 0; --n) line("");
        line(spaces(indent) +
             std::string(any_of({"text", "# text", "- [text", "key: 'text", "..."})));
        for (std::size_t n = below(4); n > 0; --n)
            line(one_in(3)
                     ? ""
                     : spaces(indent + below(3)) + std::string(any_of({"more", "%", "\" # :"})));
    }

    void end_block_header() {
        if (one_in(8)) text_ += " # comment";
        text_ += '\n';
    }

    void flow(std::size_t least, int depth) {
        bool const is_list = one_in(2);
        text_ += is_list ? '[' : '{';
        std::size_t const size = below(4);
        for (std::size_t i = 0; i < size; ++i) {
            flow_gap(least);
            if (!is_list) flow_key(i, least);
            flow_value(least, depth);
            flow_gap(least);
            if (i + 1 < size || one_in(6)) text_ += ',';
        }
        flow_gap(least);
        text_ += is_list ? ']' : '}';
    }

    void flow_key(std::size_t number, std::size_t least) {
        if (one_in(4)) {
            text_ += '"' + inside_double_quotes() + std::to_string(number) + "\":";
        } else {
            text_ += flow_plain() + std::to_string(number) + ": ";
        }
        flow_gap(least);
    }

    void flow_value(std::size_t least, int depth) {
        if (depth < max_depth && one_in(4)) return flow(least, depth + 1);
        text_ += one_in(3) ? quoted() : flow_plain();
    }

    void flow_gap(std::size_t least) {
        if (one_in(3)) text_ += ' ';
        if (one_in(12)) text_ += (one_in(3) ? " # comment\n" : "\n") + spaces(least + below(3));
    }

    std::mt19937 random_;
    std::string text_;
};

}  // namespace rolecall::testing

#endif
