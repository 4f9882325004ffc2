// What a check is measured beside: the least that could give the same answers, and what one
// would write without a library. Each is filled with the policy's own answers.
//
//     bit_row, bit_table   the bare bit test: one word of a table, and a bit of it
//     tuple_set            a std::set of (role, category, action)
//     name_maps            three hash maps from a text to a number, and then the bit test
//     random_reads         one read at random of memory of a given size
//
// They know nothing of facts: ask them unconditional questions.
#ifndef ROLECALL_BENCH_FLOORS_HPP
#define ROLECALL_BENCH_FLOORS_HPP

#include "bench/questions.hpp"
#include <rolecall/detail/name_table.hpp>

#include <boost/unordered/unordered_flat_map.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <set>
#include <string_view>
#include <tuple>
#include <type_traits>
#include <utility>
#include <vector>

namespace rolecall::inline v0_1::bench {

/// The most that a floor may take; a larger one is not built.
inline constexpr std::size_t most_floor_bytes = std::size_t{256} << 20U;

/// The bare bit test for one session: a word for each category. No stamp, no name, no facts.
class bit_row {
public:
    bit_row(vocabulary const& words, session const& who) : words_(words.categories().size()) {
        for (std::size_t what = 0; what < words.actions().size(); ++what)
            for (std::size_t on = 0; on < words_.size(); ++on)
                if (who.allows(words.actions()[what].reference, words.categories()[on].reference))
                    words_[on] |= std::uint32_t{1} << what;
    }

    [[nodiscard]] std::uint32_t const* data() const noexcept { return words_.data(); }

    [[nodiscard]] bool allows(bare_question const& q) const noexcept {
        return (words_[q.on] >> q.what & 1U) != 0;
    }

private:
    std::vector<std::uint32_t> words_;
};

/// The bare bit test for all roles: a word for each role and category.
class bit_table {
public:
    [[nodiscard]] static std::size_t bytes_for(vocabulary const& words) noexcept {
        return words.roles().size() * words.categories().size() * sizeof(std::uint32_t);
    }

    /// Filled with the answers to these questions; what is not asked stays 0, which costs a
    /// bit test as much. Nothing where the table would take too much.
    static std::optional<bit_table> make(vocabulary const& words, question_set const& asked,
                                         std::size_t most_bytes = most_floor_bytes) {
        return make(words.roles().size(), words, asked, most_bytes);
    }

    /// The same for questions of so many sessions.
    static std::optional<bit_table> make(std::size_t rows, vocabulary const& words,
                                         question_set const& asked,
                                         std::size_t most_bytes = most_floor_bytes) {
        std::size_t const width = words.categories().size();
        if (rows * width * sizeof(std::uint32_t) > most_bytes) return std::nullopt;
        bit_table result(rows, width);
        for (std::size_t i = 0; i < asked.size(); ++i) {
            bare_question const& b = asked.bare[i];
            if (asked.expected[i] != 0)
                result.words_[b.role * width + b.on] |= std::uint32_t{1} << b.what;
        }
        return result;
    }

    [[nodiscard]] std::uint32_t const* data() const noexcept { return words_.data(); }
    [[nodiscard]] std::size_t width() const noexcept { return width_; }

    [[nodiscard]] bool allows(bare_question const& q) const noexcept {
        return (words_[q.role * width_ + q.on] >> q.what & 1U) != 0;
    }

private:
    bit_table(std::size_t rows, std::size_t width) : width_(width), words_(rows * width) {}

    std::size_t width_;
    std::vector<std::uint32_t> words_;
};

/// A std::set of every permission there is, by numbers or by texts.
template <class Part>
class tuple_set {
public:
    /// Holds what is allowed of the questions, and then of all there is, up to a limit.
    tuple_set(vocabulary const& words, question_set const& asked,
              std::size_t most_entries = std::size_t{1} << 20U) {
        for (std::size_t i = 0; i < asked.size(); ++i) {
            question const& q = asked.by_reference[i];
            if (words.of().allows(q.role, q.what, q.on)) add(words, asked.bare[i]);
        }
        add_others(words, most_entries);
    }

    [[nodiscard]] std::size_t size() const noexcept { return rights_.size(); }
    /// Whether every permission is in it.
    [[nodiscard]] bool complete() const noexcept { return complete_; }

    [[nodiscard]] bool allows(Part role, Part what, Part on) const {
        return rights_.find(std::tuple(role, on, what)) != rights_.end();
    }

private:
    void add(vocabulary const& words, bare_question q) {
        if constexpr (std::is_same_v<Part, std::string_view>) {
            rights_.emplace(words.roles()[q.role].name, words.categories()[q.on].name,
                            words.actions()[q.what].name);
        } else {
            rights_.emplace(q.role, q.on, q.what);
        }
    }

    void add_others(vocabulary const& words, std::size_t most_entries) {
        std::size_t looks = most_entries * 16;
        auto const size = [](auto const& of) { return static_cast<std::uint32_t>(of.size()); };
        for (std::uint32_t role = 0; role < size(words.roles()); ++role)
            for (std::uint32_t on = 0; on < size(words.categories()); ++on)
                for (std::uint32_t what = 0; what < size(words.actions()); ++what) {
                    if (looks-- == 0 || rights_.size() >= most_entries) {
                        complete_ = false;
                        return;
                    }
                    if (words.of().allows(words.roles()[role].reference,
                                          words.actions()[what].reference,
                                          words.categories()[on].reference))
                        add(words, {role, what, on});
                }
    }

    std::set<std::tuple<Part, Part, Part>> rights_;
    bool complete_ = true;
};

using number_set = tuple_set<std::uint32_t>;
using text_set = tuple_set<std::string_view>;

/// Hashes for the maps. Of std::hash (MurmurHash2 in GCC's library), boost::hash and ours for
/// short texts, ours was measured to be the fastest, with names of 4 to 30 bytes.
struct standard_hash {
    static constexpr std::string_view name = "std::hash";
    using is_avalanching = void;
    std::size_t operator()(std::string_view text) const noexcept {
        return std::hash<std::string_view>{}(text);
    }
};
struct short_text_hash {
    static constexpr std::string_view name = "rolecall's hash of short texts";
    std::size_t operator()(std::string_view text) const noexcept {
        return rolecall::detail::hash_name(text);
    }
};

/// Three boost::unordered_flat_map, from the text of a role, an action and a category to its
/// number, and then the bare bit test.
template <class Hash>
class basic_name_maps {
public:
    /// The table must outlive it.
    basic_name_maps(vocabulary const& words, bit_table const& table)
        : table_(table.data()), width_(table.width()) {
        fill(roles_, words.roles());
        fill(actions_, words.actions());
        fill(categories_, words.categories());
    }

    [[nodiscard]] bool allows(named_question const& q) const noexcept {
        auto const role = roles_.find(q.role);
        auto const what = actions_.find(q.what);
        auto const on = categories_.find(q.on);
        if (role == roles_.end() || what == actions_.end() || on == categories_.end()) return false;
        return (table_[role->second * width_ + on->second] >> what->second & 1U) != 0;
    }

private:
    using map = boost::unordered_flat_map<std::string_view, std::uint32_t, Hash>;

    template <class Names>
    static void fill(map& to, Names const& names) {
        to.reserve(names.size());
        for (auto const& one : names) to.emplace(one.name, static_cast<std::uint32_t>(to.size()));
    }

    std::uint32_t const* table_;
    std::size_t width_;
    map roles_, actions_, categories_;
};

/// With the fastest hash.
using name_maps = basic_name_maps<short_text_hash>;

/// Reads at random of memory of a given size: what a search in a table of that size can't be
/// quicker than, where it does not fit a cache.
class random_reads {
public:
    random_reads(std::size_t bytes, std::size_t count, std::uint64_t seed) {
        random_source random(seed);
        words_.resize(std::max<std::size_t>(bytes / sizeof(std::uint64_t), 1));
        for (std::uint64_t& word : words_) word = random.below(2);
        places_.reserve(count);
        for (std::size_t i = 0; i < count; ++i)
            places_.push_back(static_cast<std::uint32_t>(random.below(words_.size())));
    }

    /// A place for each question, to read at.
    [[nodiscard]] std::vector<std::uint32_t> const& places() const noexcept { return places_; }
    [[nodiscard]] bool read(std::uint32_t place) const noexcept { return words_[place] != 0; }
    [[nodiscard]] std::size_t bytes() const noexcept { return words_.size() * sizeof words_[0]; }

private:
    std::vector<std::uint64_t> words_;
    std::vector<std::uint32_t> places_;
};

}  // namespace rolecall::inline v0_1::bench

#endif
