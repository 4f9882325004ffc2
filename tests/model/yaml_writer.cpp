#include "yaml_writer.hpp"

#include <algorithm>

namespace model {

namespace {

class writer {
public:
    writer(random_source& random, bool decorate)
        : random_(random), decorate_(decorate), step_(decorate && random.chance(30) ? 4 : 2) {}

    std::string file(node const& top) {
        std::string text = filler(0);
        if (maybe(15)) {
            text += "---\n";
        }
        text += "rolecall: 1\n";
        text += mapping(top, 0);
        text += filler(0);
        if (maybe(15)) {
            text += "...\n";
        }
        if (maybe(8)) {
            text = with_carriage_returns(text);
        }
        return text;
    }

private:
    bool maybe(std::size_t percent) { return decorate_ && random_.chance(percent); }

    static std::string spaces(std::size_t count) { return std::string(count, ' '); }

    static std::string with_carriage_returns(std::string const& text) {
        std::string made;
        for (char const c : text) {
            made += c == '\n' ? "\r\n" : std::string(1, c);
        }
        return made;
    }

    std::string comment() {
        static std::vector<std::string> const comments{
            "# reviewed",           "#",      "# {not: yaml, 'nor [this",
            "# key: value # twice", "#\ttab", "# für später: 後で"};
        return random_.pick(comments);
    }

    // Lines of their own that mean nothing.
    std::string filler(std::size_t indent) {
        std::string text;
        if (maybe(6)) {
            text += "\n";
        }
        if (maybe(6)) {
            text += spaces(indent) + comment() + "\n";
        }
        return text;
    }

    std::string line_end() { return maybe(6) ? " " + comment() + "\n" : "\n"; }

    // Whether the text may stand without quotes, in block and in flow, and is not the null word.
    static bool plain(std::string_view text) {
        auto const simple = [](char c) {
            return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                   static_cast<unsigned char>(c) >= 0x80;
        };
        auto const inside = [&](char c) {
            return simple(c) || std::string_view(" -_.*@").find(c) != std::string_view::npos;
        };
        return !text.empty() && simple(text.front()) && text.back() != ' ' && text != "null" &&
               std::all_of(text.begin(), text.end(), inside);
    }

    static std::string quoted(std::string_view text, char quote) {
        std::string made(1, quote);
        for (char const c : text) {
            if (quote == '"' && (c == '"' || c == '\\')) {
                made += '\\';
            } else if (quote == '\'' && c == '\'') {
                made += '\'';
            }
            made += c;
        }
        return made + quote;
    }

    std::string scalar(std::string_view text) {
        if (plain(text) && !maybe(10)) {
            return std::string(text);
        }
        return quoted(text, maybe(50) ? '\'' : '"');
    }

    std::string flow_space() { return maybe(10) ? " " : ""; }

    // Between two entries of a flow collection: it may go on in the next line.
    std::string flow_comma(std::size_t indent) {
        return maybe(4) ? "," + line_end() + spaces(indent + step_) : ", ";
    }

    std::string flow(node const& value, std::size_t indent) {
        if (value.is == node::kind::scalar || value.is == node::kind::free_text) {
            return scalar(value.text);
        }
        bool const mapping = value.is == node::kind::mapping;
        std::string text = mapping ? "{" : "[";
        text += flow_space();
        bool first = true;
        for (auto const& item : value.items) {
            text += first ? "" : flow_comma(indent);
            first = false;
            text += mapping ? scalar(item.key) + ": " : "";
            text += flow(item, indent);
        }
        text += flow_space();
        return text + (mapping ? "}" : "]");
    }

    // Flow is chosen by chance, or else for what has no collections inside.
    bool in_flow(node const& value, std::size_t indent) {
        if (decorate_) {
            return random_.chance(indent == 0 ? 10 : 45);
        }
        auto const leaf = [](node const& one) {
            return one.is == node::kind::scalar || one.is == node::kind::free_text;
        };
        return indent > 0 && std::all_of(value.items.begin(), value.items.end(), leaf);
    }

    std::string block_text(std::string const& text, std::size_t indent) {
        return (maybe(50) ? " |-\n" : " >-\n") + spaces(indent + step_) + text + "\n";
    }

    std::string sequence(node const& value, std::size_t indent) {
        std::string text;
        for (auto const& item : value.items) {
            text += filler(indent) + spaces(indent) + "- ";
            if (item.is == node::kind::mapping && !in_flow(item, indent + 2)) {
                text += mapping(item, indent + 2, true);
            } else {
                text += flow(item, indent + 2);
                text += line_end();
            }
        }
        return text;
    }

    // With `begun`, the first key stands in a line that has begun with `- `.
    std::string mapping(node const& value, std::size_t indent, bool begun = false) {
        std::string text;
        for (auto const& entry : value.items) {
            text += begun ? "" : filler(indent) + spaces(indent);
            begun = false;
            text += scalar(entry.key) + ":";
            if (entry.is == node::kind::free_text && maybe(8)) {
                text += block_text(entry.text, indent);
            } else if (entry.is == node::kind::scalar || entry.is == node::kind::free_text ||
                       in_flow(entry, indent)) {
                text += " " + flow(entry, indent);
                text += line_end();
            } else {
                text += line_end();
                auto const deeper = indent + step_;
                if (entry.is == node::kind::mapping) {
                    text += mapping(entry, deeper);
                } else {
                    text += sequence(entry, maybe(40) ? indent : deeper);
                }
            }
        }
        return text;
    }

    random_source& random_;
    bool decorate_;
    std::size_t step_;
};

}  // namespace

std::string write_yaml(node const& top, random_source& random, bool decorate) {
    return writer(random, decorate).file(top);
}

}  // namespace model
