// The levels of two policies in one order, and those of their categories.
#ifndef ROLECALL_SRC_DIFF_LEVELS_HPP
#define ROLECALL_SRC_DIFF_LEVELS_HPP

#include "diff/joint_names.hpp"
#include <rolecall/document.hpp>

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace rolecall::inline v0_1::diff {

class levels {
public:
    levels(document const& before, document const& after, vocabulary const& names);

    /// Of both policies, mildest first, as the new one orders them. A level that only the old
    /// one has stands behind that which was before it.
    [[nodiscard]] std::vector<std::string> const& all() const noexcept { return all_; }

    /// The stricter of the levels that a category has: from 1, or 0 for none.
    [[nodiscard]] std::size_t rank(std::uint32_t category) const noexcept {
        return ranks_[category];
    }
    [[nodiscard]] std::string name(std::uint32_t category) const {
        return ranks_[category] == 0 ? std::string{} : all_[ranks_[category] - 1];
    }

private:
    std::vector<std::string> all_;
    std::vector<std::size_t> ranks_;  // by joint category
};

}  // namespace rolecall::inline v0_1::diff

#endif
