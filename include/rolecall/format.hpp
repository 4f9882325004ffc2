// {fmt} formatters for our types. The only header that knows fmt.
#ifndef ROLECALL_FORMAT_HPP
#define ROLECALL_FORMAT_HPP

#include <rolecall/decision.hpp>
#include <rolecall/diagnostic.hpp>
#include <rolecall/diagnostic_text.hpp>
#include <rolecall/explain.hpp>

#include <fmt/format.h>

#include <string>
#include <string_view>

/// `allow` or `deny`.
template <>
struct fmt::formatter<rolecall::decision> : fmt::formatter<std::string_view> {
    auto format(rolecall::decision d, fmt::format_context& context) const {
        return fmt::formatter<std::string_view>::format(rolecall::to_string(d), context);
    }
};

/// `not-granted`
template <>
struct fmt::formatter<rolecall::reason> : fmt::formatter<std::string_view> {
    auto format(rolecall::reason r, fmt::format_context& context) const {
        return fmt::formatter<std::string_view>::format(rolecall::to_string(r), context);
    }
};

/// `deny (not-granted)`
template <>
struct fmt::formatter<rolecall::response> : fmt::formatter<std::string_view> {
    auto format(rolecall::response const& r, fmt::format_context& context) const {
        std::string const text = std::string(rolecall::to_string(r.decision)) + " (" +
                                 std::string(rolecall::to_string(r.reason)) + ')';
        return fmt::formatter<std::string_view>::format(text, context);
    }
};

/// In several lines, as the program prints it, without colour.
template <>
struct fmt::formatter<rolecall::diagnostic> : fmt::formatter<std::string_view> {
    auto format(rolecall::diagnostic const& d, fmt::format_context& context) const {
        return fmt::formatter<std::string_view>::format(rolecall::to_text(d), context);
    }
};

/// The sentence for the policy's owner.
template <>
struct fmt::formatter<rolecall::explanation> : fmt::formatter<std::string_view> {
    auto format(rolecall::explanation const& e, fmt::format_context& context) const {
        return fmt::formatter<std::string_view>::format(e.for_owner, context);
    }
};

#endif
