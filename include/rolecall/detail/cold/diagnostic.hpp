// Diagnostics in order.
#ifndef ROLECALL_DETAIL_COLD_DIAGNOSTIC_HPP
#define ROLECALL_DETAIL_COLD_DIAGNOSTIC_HPP

#include <rolecall/diagnostic.hpp>

#include <tuple>
#include <vector>

namespace rolecall::inline v0_1 {

ROLECALL_COLD bool operator==(location const& a, location const& b) {
    return std::tie(a.path, a.line, a.column, a.length, a.text) ==
           std::tie(b.path, b.line, b.column, b.length, b.text);
}

ROLECALL_COLD bool operator==(related_location const& a, related_location const& b) {
    return a.where == b.where && a.text == b.text;
}

ROLECALL_COLD bool operator==(diagnostic const& a, diagnostic const& b) {
    return a.code == b.code && a.text == b.text && a.where == b.where && a.related == b.related &&
           a.changed_to == b.changed_to;
}

ROLECALL_COLD bool operator<(diagnostic const& a, diagnostic const& b) {
    return std::tie(a.where.path, a.where.line, a.where.column, a.code, a.text) <
           std::tie(b.where.path, b.where.line, b.where.column, b.code, b.text);
}

}  // namespace rolecall::inline v0_1

#endif
