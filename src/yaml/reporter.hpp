// Gathers the findings of one file.
#ifndef ROLECALL_SRC_YAML_REPORTER_HPP
#define ROLECALL_SRC_YAML_REPORTER_HPP

#include "yaml/text_places.hpp"
#include <rolecall/detail/findings.hpp>

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace rolecall::inline v0_1::yaml {

/// Keeps the first findings of each kind and counts the rest, so that a file which is wrong
/// throughout neither floods the reader nor eats memory.
class reporter {
public:
    static constexpr std::size_t limit_per_kind = 20;

    reporter(std::string_view text, std::uint32_t file) noexcept : places_(text, file) {}

    /// Something wrong with the bytes from `begin` to `end`.
    void add(diagnostic_code code, std::size_t begin, std::size_t end, std::string text,
             std::vector<detail::related_place> related = {}) {
        if (left_out(code) > 0)
            ++left_out(code);
        else
            add(code, places_.at(begin, end), std::move(text), std::move(related));
    }

    void add(diagnostic_code code, place at, std::string text,
             std::vector<detail::related_place> related = {}) {
        kind& of = kinds_[static_cast<std::size_t>(code)];
        if (of.kept < limit_per_kind) {
            ++of.kept;
            found_.push_back({code, at, std::move(text), std::move(related)});
        } else if (of.left_out++ == 0) {
            of.first_left_out = at;
        }
    }

    [[nodiscard]] place at(std::size_t begin, std::size_t end) noexcept {
        return places_.at(begin, end);
    }

    [[nodiscard]] bool empty() const noexcept { return found_.empty(); }

    /// Everything found; for each kind that was cut short, how many more there are.
    [[nodiscard]] detail::findings take() && {
        for (std::size_t code = 0; code < kinds_.size(); ++code) {
            if (kinds_[code].left_out == 0) continue;
            found_.push_back({static_cast<diagnostic_code>(code),
                              kinds_[code].first_left_out,
                              std::to_string(kinds_[code].left_out) +
                                  " more of this kind, of which this is the first",
                              {}});
        }
        return std::move(found_);
    }

private:
    struct kind {
        std::size_t kept = 0;
        std::size_t left_out = 0;
        place first_left_out;
    };

    std::size_t& left_out(diagnostic_code code) noexcept {
        return kinds_[static_cast<std::size_t>(code)].left_out;
    }

    text_places places_;
    std::array<kind, diagnostic_code_count> kinds_{};
    detail::findings found_;
};

}  // namespace rolecall::inline v0_1::yaml

#endif
