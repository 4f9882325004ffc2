// The canonical form of the section `audit`.
#include "document/audit_words.hpp"
#include "document/sheet.hpp"
#include <rolecall/detail/compile/name_rules.hpp>

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

namespace rolecall::inline v0_1::yaml {

namespace {

void write_mode(sheet& to, audit_mode mode) {
    std::string_view const word = to_string(mode.demand);
    if (!waits(mode.demand)) return to.word(word);
    to.braces([&] { to.key(word).literal(wait_text(mode.wait_ms)); });
}

void write_mode(sheet& to, std::string_view key, std::optional<written_audit_mode> const& mode) {
    if (!mode) return;
    to.key(key);
    write_mode(to, mode->mode);
}

using before = bool (*)(std::string_view a, std::string_view b) noexcept;

void write_lines(sheet& to, std::vector<written_audit_line> lines, before in_order) {
    std::stable_sort(lines.begin(), lines.end(),
                     [&](written_audit_line const& a, written_audit_line const& b) {
                         return in_order(a.name.text, b.name.text);
                     });
    to.block([&] {
        for (written_audit_line const& line : lines) {
            to.key(line.name.text);
            write_mode(to, line.mode.mode);
        }
    });
}

void write_lines(sheet& to, std::string_view key, std::vector<written_audit_line> const& lines,
                 before in_order) {
    if (lines.empty()) return;
    to.key(key);
    write_lines(to, lines, in_order);
}

// A mode for any action stands alone.
void write_category(sheet& to, written_audit_category const& line) {
    to.key(line.category.text);
    if (line.actions.size() == 1 && line.actions.front().name.text == "any")
        write_mode(to, line.actions.front().mode.mode);
    else
        write_lines(to, line.actions, action_before);
}

}  // namespace

void write_audit(sheet& to, written_audit const& audit) {
    std::vector<written_audit_category> categories = audit.categories;
    std::stable_sort(categories.begin(), categories.end(), [](auto const& a, auto const& b) {
        return detail::category_before(a.category.text, b.category.text);
    });
    to.block([&] {
        write_mode(to, "default", audit.otherwise);
        write_mode(to, "denials", audit.denials);
        write_lines(to, "actions", audit.actions, action_before);
        write_lines(to, "levels", audit.levels, detail::category_before);
        if (categories.empty()) return;
        to.key("categories").block([&] {
            for (written_audit_category const& line : categories) write_category(to, line);
        });
    });
}

}  // namespace rolecall::inline v0_1::yaml
