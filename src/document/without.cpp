#include <rolecall/document_part.hpp>

#include <algorithm>
#include <stdexcept>

namespace rolecall::inline v0_1 {

namespace {

void expect(bool is_there) {
    if (!is_there) throw std::out_of_range("the document has no such part");
}

template <class List>
void erase_at(List& from, std::size_t number) {
    from.erase(from.begin() + static_cast<std::ptrdiff_t>(number));
}

void leave_out(document& from, document_part const& part) {
    if (part.what == document_part::kind::inheritance) {
        erase_at(from.roles[part.entry].inherits, part.line);
    } else if (part.what == document_part::kind::right) {
        auto& may = from.roles[part.entry].may;
        erase_at(may[part.line].rights, part.item);
        if (may[part.line].rights.empty()) erase_at(may, part.line);
    } else {
        auto& assignments = from.users[part.entry].assignments;
        erase_at(assignments, part.line);
        if (assignments.empty()) erase_at(from.users, part.entry);
    }
}

void expect_part(document const& of, document_part const& part) {
    if (part.what == document_part::kind::assignment) {
        expect(part.entry < of.users.size() && part.item == 0 &&
               part.line < of.users[part.entry].assignments.size());
        return;
    }
    expect(part.entry < of.roles.size());
    written_role const& role = of.roles[part.entry];
    if (part.what == document_part::kind::inheritance)
        expect(part.line < role.inherits.size() && part.item == 0);
    else
        expect(part.line < role.may.size() && part.item < role.may[part.line].rights.size());
}

}  // namespace

document without(document from, std::span<document_part const> parts) {
    std::vector<document_part> sorted(parts.begin(), parts.end());
    // From the back, so that the numbers of those still to come stay what they are.
    std::sort(sorted.rbegin(), sorted.rend());
    sorted.erase(std::unique(sorted.begin(), sorted.end()), sorted.end());
    for (document_part const& part : sorted) expect_part(from, part);
    for (document_part const& part : sorted) leave_out(from, part);
    return from;
}

}  // namespace rolecall::inline v0_1
