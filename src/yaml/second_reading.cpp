#include "yaml/second_reading.hpp"

#include "yaml/text_places.hpp"

#include <yaml-cpp/eventhandler.h>
#include <yaml-cpp/exceptions.h>
#include <yaml-cpp/parser.h>

#include <algorithm>
#include <sstream>
#include <string>
#include <utility>
#include <vector>

namespace rolecall::inline v0_1::yaml {

namespace {

// Thrown out of the parser at the first event that is not the expected one.
struct difference {
    YAML::Mark mark;
};

std::size_t offset_of(YAML::Mark const& mark, std::size_t size) noexcept {
    return std::min(size, static_cast<std::size_t>(std::max(mark.pos, 0)));
}

// Walks over the tree in step with the events. Every event either takes one step or throws,
// so a parser that repeats itself for ever is stopped by the end of the tree.
class comparison : public YAML::EventHandler {
public:
    comparison(std::string_view text, std::uint32_t file, node const& root)
        : size_(text.size()), places_(text, file), root_(&root) {}

    [[nodiscard]] bool is_complete() const noexcept { return root_ == nullptr && path_.empty(); }

    void OnDocumentStart(YAML::Mark const&) override {}
    void OnDocumentEnd() override {}
    void OnNull(YAML::Mark const& mark, YAML::anchor_t) override { differ(mark); }
    void OnAlias(YAML::Mark const& mark, YAML::anchor_t) override { differ(mark); }
    void OnAnchor(YAML::Mark const& mark, std::string const&) override { differ(mark); }

    void OnScalar(YAML::Mark const& mark, std::string const& tag, YAML::anchor_t,
                  std::string const& value) override {
        node const& expected = next(mark, node_kind::scalar);
        bool const is_plain = expected.style == scalar_style::plain;
        if (value != expected.text || tag != (is_plain ? "?" : "!")) differ(mark);
    }

    void OnSequenceStart(YAML::Mark const& mark, std::string const& tag, YAML::anchor_t,
                         YAML::EmitterStyle::value) override {
        enter(mark, tag, node_kind::sequence);
    }
    void OnMapStart(YAML::Mark const& mark, std::string const& tag, YAML::anchor_t,
                    YAML::EmitterStyle::value) override {
        enter(mark, tag, node_kind::mapping);
    }
    void OnSequenceEnd() override { leave(node_kind::sequence); }
    void OnMapEnd() override { leave(node_kind::mapping); }

private:
    struct step {
        node const* collection;
        std::size_t passed = 0;  // items, or keys and values together

        [[nodiscard]] std::size_t size() const noexcept {
            return collection->items.size() + 2 * collection->entries.size();
        }
    };

    node const& next(YAML::Mark const& mark, node_kind kind) {
        node const* const expected = take();
        last_mark_ = mark;
        std::size_t const offset = offset_of(mark, size_);
        place const at = places_.at(offset, offset);
        bool const is_there = expected && at.line == expected->at.line &&
                              at.column == expected->at.column && kind == expected->kind;
        if (!is_there) differ(mark);
        return *expected;
    }

    // The next node of the tree, keys before their values; nullptr at the end of a collection.
    node const* take() noexcept {
        if (path_.empty()) return std::exchange(root_, nullptr);
        step& in = path_.back();
        if (in.passed == in.size()) return nullptr;
        std::size_t const i = in.passed++;
        if (in.collection->kind == node_kind::sequence) return &in.collection->items[i];
        entry const& e = in.collection->entries[i / 2];
        return i % 2 == 0 ? &e.key : &e.value;
    }

    void enter(YAML::Mark const& mark, std::string const& tag, node_kind kind) {
        path_.push_back({&next(mark, kind)});
        if (tag != "?") differ(mark);
    }

    void leave(node_kind kind) {
        bool const expected = !path_.empty() && path_.back().collection->kind == kind &&
                              path_.back().passed == path_.back().size();
        if (!expected) differ(last_mark_);
        path_.pop_back();
    }

    [[noreturn]] static void differ(YAML::Mark const& mark) { throw difference{mark}; }

    std::size_t size_;
    text_places places_;
    node const* root_;
    std::vector<step> path_;
    YAML::Mark last_mark_;  // of the event before: the end of a collection has none
};

}  // namespace

bool confirm(std::string_view text, std::uint32_t file, node const& root, reporter& report) {
    std::istringstream stream{std::string(text)};
    comparison against(text, file, root);
    YAML::Mark mark;
    try {
        YAML::Parser parser(stream);
        // Once and never again: asked for a further document, it may not come back.
        bool const has_document = parser.HandleNextDocument(against);
        if (against.is_complete() || (!has_document && root.kind == node_kind::nothing))
            return true;
    } catch (difference const& found) {
        mark = found.mark;
    } catch (YAML::Exception const& refused) {
        mark = refused.mark;
    }
    std::size_t const offset = offset_of(mark, text.size());
    report.add(diagnostic_code::yaml_syntax, offset, offset,
               "this can be read in two ways; write it more simply, with texts in quotes");
    return false;
}

}  // namespace rolecall::inline v0_1::yaml
