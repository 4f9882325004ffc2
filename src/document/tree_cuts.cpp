#include "document/tree_cuts.hpp"

#include <algorithm>
#include <utility>

namespace rolecall::inline v0_1::yaml {

namespace {

std::uint64_t number_of(place const& at) noexcept {
    return (std::uint64_t{at.line} << 32U) | at.column;
}

std::size_t size_of(node const& collection) noexcept {
    return collection.kind == node_kind::mapping ? collection.entries.size()
                                                 : collection.items.size();
}

std::size_t begin_of(node const& collection, std::size_t number) noexcept {
    return collection.kind == node_kind::mapping ? collection.entries[number].key.begin
                                                 : collection.items[number].begin;
}

std::size_t end_of(node const& collection, std::size_t number) noexcept {
    return collection.kind == node_kind::mapping ? collection.entries[number].value.end
                                                 : collection.items[number].end;
}

}  // namespace

tree_index::tree_index(node const& root) {
    for (std::size_t i = 0; i < root.entries.size(); ++i) {
        children_.push_back({&root, i, none, 0});
        std::string_view const section = root.entries[i].key.text;
        if (section == "roles" || section == "users")
            add(root.entries[i].value, children_.size() - 1, 1);
    }
}

void tree_index::add(node const& collection, std::size_t outer, std::uint32_t depth) {
    std::size_t const size = size_of(collection);
    if (size == 0) return;
    std::size_t const first = children_.size();
    first_.emplace(&collection, first);
    for (std::size_t i = 0; i < size; ++i) {
        children_.push_back({&collection, i, outer, depth});
        if (collection.kind == node_kind::mapping) remember(collection.entries[i].key, first + i);
        remember(children_.back().value(), first + i);
    }
    for (std::size_t i = 0; i < size; ++i) add(children_[first + i].value(), first + i, depth + 1);
}

void tree_index::remember(node const& word, std::size_t number) {
    if (word.kind == node_kind::scalar) by_place_.emplace(number_of(word.at), number);
}

std::size_t tree_index::find(place const& at) const noexcept {
    auto const found = by_place_.find(number_of(at));
    return found == by_place_.end() ? none : found->second;
}

std::size_t tree_index::first_of(node const& collection) const noexcept {
    auto const found = first_.find(&collection);
    return found == first_.end() ? none : found->second;
}

tree_cuts::marks& tree_cuts::marks_of(node const& collection) {
    marks& of = marks_[&collection];
    of.gone.resize(size_of(collection));
    return of;
}

void tree_cuts::mark(tree_index::child const& what) {
    marks& of = marks_of(*what.of);
    if (of.gone[what.number]) return;
    of.gone[what.number] = true;
    ++of.count;
}

bool tree_cuts::take(std::size_t number) {
    for (;;) {
        tree_index::child const& what = (*index_)[number];
        if (what.depth < body) return false;
        marks const& of = marks_of(*what.of);
        if (of.gone[what.number]) return true;
        if (of.count + 1 < of.gone.size()) {
            mark(what);
            return true;
        }
        number = what.outer;
    }
}

bool tree_cuts::take_all(std::span<std::size_t const> children) {
    if (children.empty()) return false;
    tree_index::child const& first = (*index_)[children.front()];
    if (first.depth < body) return false;
    marks const& of = marks_of(*first.of);
    auto const fresh = std::count_if(children.begin(), children.end(), [&](std::size_t number) {
        return !of.gone[(*index_)[number].number];
    });
    if (of.count + static_cast<std::size_t>(fresh) >= of.gone.size()) return false;
    for (std::size_t const number : children) mark((*index_)[number]);
    return true;
}

void tree_cuts::apply(std::string_view text, text_cuts& to) const {
    for (auto const& [collection, which] : marks_) {
        if (which.count == 0) continue;
        char const first = text[collection->begin];
        if (first == '[' || first == '{')
            cut_flow(*collection, which, text, to);
        else
            cut_block(*collection, which, to);
    }
}

void tree_cuts::cut_block(node const& from, marks const& which, text_cuts& to) {
    for (std::size_t i = 0; i < which.gone.size(); ++i) {
        if (!which.gone[i]) continue;
        bool const item = from.kind == node_kind::sequence;
        to.take(item ? from.items[i].dash : begin_of(from, i), end_of(from, i));
    }
}

namespace {

// The commas of a list or mapping in brackets: one between two neighbours, perhaps one at the end.
class flow_commas {
public:
    flow_commas(node const& of, std::string_view text, text_cuts& to) : text_(text), to_(&to) {
        std::size_t const size = size_of(of);
        for (std::size_t i = 0; i < size; ++i) {
            begins_.push_back(begin_of(of, i));
            ends_.push_back(end_of(of, i));
            std::size_t const until = i + 1 < size ? begin_of(of, i + 1) : of.end - 1;
            behind_.push_back(to.comma(ends_.back(), until));
        }
    }

    [[nodiscard]] bool one_at_the_end() const noexcept { return is_there(behind_.size() - 1); }

    /// Whether the comma before a child stands on its line, and is still there.
    [[nodiscard]] bool before(std::size_t i) const noexcept {
        return i > 0 && is_there(i - 1) && on_one_line(behind_[i - 1], begins_[i]);
    }
    /// Whether the comma behind a child stands on its line.
    [[nodiscard]] bool behind(std::size_t i) const noexcept {
        return is_there(i) && on_one_line(ends_[i], behind_[i]);
    }

    void take(std::size_t i) {
        if (!is_there(i)) return;
        to_->take(behind_[i], behind_[i] + 1);
        behind_[i] = std::string_view::npos;
    }

private:
    [[nodiscard]] bool is_there(std::size_t i) const noexcept {
        return behind_[i] != std::string_view::npos;
    }
    [[nodiscard]] bool on_one_line(std::size_t begin, std::size_t end) const noexcept {
        return text_.substr(begin, end - begin).find('\n') == std::string_view::npos;
    }

    std::string_view text_;
    text_cuts* to_;
    std::vector<std::size_t> begins_, ends_, behind_;
};

}  // namespace

// Each takes along one comma: that behind it, but the one before it where that alone is on its
// line. Where none of those that stay comes behind, the one before them goes too; but not from a
// line of which nothing else goes: there it does no harm.
void tree_cuts::cut_flow(node const& from, marks const& which, std::string_view text,
                         text_cuts& to) {
    flow_commas commas(from, text, to);
    std::size_t const size = which.gone.size();
    std::size_t trailing = size;  // those from here on all go
    while (trailing > 0 && which.gone[trailing - 1]) --trailing;
    bool const to_the_end = !commas.one_at_the_end();
    for (std::size_t i = 0; i < size; ++i) {
        if (!which.gone[i]) continue;
        to.take(begin_of(from, i), end_of(from, i));
        bool const ends = to_the_end && i >= trailing;
        if (ends && i == trailing && commas.before(i)) commas.take(i - 1);
        if (!ends && !commas.behind(i) && commas.before(i))
            commas.take(i - 1);
        else
            commas.take(i);
    }
}

}  // namespace rolecall::inline v0_1::yaml
