// Random choices that are the same with every standard library: the generator's output is laid
// down by the standard, that of its distributions is not.

#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <random>
#include <utility>
#include <vector>

namespace model {

class random_source {
public:
    explicit random_source(std::uint64_t seed) : bits_(seed) {}

    // 0 to one less than `limit`, which is at least 1.
    std::size_t below(std::size_t limit) {
        return static_cast<std::size_t>(bits_() % static_cast<std::uint64_t>(limit));
    }

    // `least` to `most`, both included.
    std::size_t between(std::size_t least, std::size_t most) {
        return least + below(most - least + 1);
    }

    bool chance(std::size_t percent) { return below(100) < percent; }

    template <class value_type>
    value_type const& pick(std::vector<value_type> const& list) {
        return list[below(list.size())];
    }

    template <class value_type>
    void shuffle(std::vector<value_type>& list) {
        for (auto left = list.size(); left > 1; --left) {
            std::swap(list[left - 1], list[below(left)]);
        }
    }

    // Between `least` and `most` different entries, as far as there are any, in random order.
    template <class value_type>
    std::vector<value_type> some(std::vector<value_type> list, std::size_t least,
                                 std::size_t most) {
        shuffle(list);
        list.resize(std::min(list.size(), between(least, most)));
        return list;
    }

private:
    std::mt19937_64 bits_;
};

}  // namespace model
