// What is wrong with the tables of an import, gathered while they are read.
#ifndef ROLECALL_IMPORT_PROBLEMS_HPP
#define ROLECALL_IMPORT_PROBLEMS_HPP

#include <rolecall/detail/findings.hpp>
#include <rolecall/diagnostic_code.hpp>

#include <cstddef>
#include <string>
#include <utility>
#include <vector>

namespace rolecall::inline v0_1::csv {

/// Keeps the first hundred problems and counts the others: a table of a million rows may be
/// wrong in each of them.
class problems {
public:
    static constexpr std::size_t most_kept = 100;

    void add(diagnostic_code code, place at, std::string text,
             std::vector<detail::related_place> related = {}) {
        if (kept_.size() < most_kept)
            kept_.push_back({code, at, std::move(text), std::move(related)});
        else
            ++left_out_;
    }

    [[nodiscard]] bool none() const noexcept { return kept_.empty(); }
    [[nodiscard]] detail::findings const& kept() const noexcept { return kept_; }
    [[nodiscard]] std::size_t left_out() const noexcept { return left_out_; }

private:
    detail::findings kept_;
    std::size_t left_out_ = 0;
};

}  // namespace rolecall::inline v0_1::csv

#endif
