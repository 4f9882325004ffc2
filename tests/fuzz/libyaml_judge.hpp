// libyaml as the judge of our reader: what ours accepts, libyaml must read as the same tree.
#ifndef ROLECALL_TESTS_FUZZ_LIBYAML_JUDGE_HPP
#define ROLECALL_TESTS_FUZZ_LIBYAML_JUDGE_HPP

#include "yaml/read.hpp"
#include <rolecall/detail/text.hpp>

#include <yaml.h>

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace rolecall::testing {

/// libyaml's events, one after the other; throws a sentence where there is no further one.
class libyaml_events {
public:
    explicit libyaml_events(std::string_view text) {
        yaml_parser_initialize(&parser_);
        yaml_parser_set_input_string(&parser_, reinterpret_cast<unsigned char const*>(text.data()),
                                     text.size());
    }
    libyaml_events(libyaml_events const&) = delete;
    libyaml_events& operator=(libyaml_events const&) = delete;
    ~libyaml_events() {
        yaml_event_delete(&event_);
        yaml_parser_delete(&parser_);
    }

    yaml_event_t const& next() {
        yaml_event_delete(&event_);
        if (!yaml_parser_parse(&parser_, &event_))
            throw std::string("libyaml refuses it: ") + parser_.problem + " in line " +
                std::to_string(parser_.problem_mark.line + 1);
        return event_;
    }

    yaml_event_t const& expect(yaml_event_type_t type) {
        yaml_event_t const& found = next();
        if (found.type != type)
            throw "libyaml has an event " + std::to_string(found.type) + " in line " +
                std::to_string(found.start_mark.line + 1) + ", ours a " + std::to_string(type);
        return found;
    }

private:
    yaml_parser_t parser_{};
    yaml_event_t event_{};
};

/// Compares a tree with libyaml's events; throws a sentence at the first difference.
class comparison_with_libyaml {
public:
    explicit comparison_with_libyaml(std::string_view text) : events_(text) {}

    void document(yaml::node const& root) {
        events_.expect(YAML_STREAM_START_EVENT);
        if (root.kind != yaml::node_kind::nothing) {
            events_.expect(YAML_DOCUMENT_START_EVENT);
            compare(root);
            events_.expect(YAML_DOCUMENT_END_EVENT);
        }
        events_.expect(YAML_STREAM_END_EVENT);
    }

private:
    void compare(yaml::node const& ours) {
        switch (ours.kind) {
            case yaml::node_kind::scalar: return scalar(ours);
            case yaml::node_kind::sequence:
                place(ours, events_.expect(YAML_SEQUENCE_START_EVENT).start_mark);
                for (yaml::node const& item : ours.items) compare(item);
                events_.expect(YAML_SEQUENCE_END_EVENT);
                return;
            case yaml::node_kind::mapping:
                place(ours, events_.expect(YAML_MAPPING_START_EVENT).start_mark);
                for (yaml::entry const& e : ours.entries) {
                    compare(e.key);
                    compare(e.value);
                }
                events_.expect(YAML_MAPPING_END_EVENT);
                return;
            case yaml::node_kind::nothing:
                throw std::string("ours accepts a value that is missing");
        }
    }

    void scalar(yaml::node const& ours) {
        auto const& event = events_.expect(YAML_SCALAR_EVENT);
        auto const& theirs = event.data.scalar;
        std::string_view const text(reinterpret_cast<char const*>(theirs.value), theirs.length);
        if (text != ours.text || style_of(theirs.style) != ours.style)
            throw "libyaml reads " + detail::printable(text) + ", ours reads " +
                detail::printable(ours.text);
        if (theirs.anchor || theirs.tag) throw std::string("libyaml finds an anchor or a tag");
        place(ours, event.start_mark);
    }

    static yaml::scalar_style style_of(yaml_scalar_style_t style) {
        switch (style) {
            case YAML_PLAIN_SCALAR_STYLE: return yaml::scalar_style::plain;
            case YAML_LITERAL_SCALAR_STYLE:
            case YAML_FOLDED_SCALAR_STYLE: return yaml::scalar_style::block;
            default: return yaml::scalar_style::quoted;
        }
    }

    static void place(yaml::node const& ours, yaml_mark_t const& theirs) {
        if (ours.at.line == theirs.line + 1 && ours.at.column == theirs.column + 1) return;
        throw "ours stands at " + std::to_string(ours.at.line) + ':' +
            std::to_string(ours.at.column) + ", libyaml's at " + std::to_string(theirs.line + 1) +
            ':' + std::to_string(theirs.column + 1);
    }

    libyaml_events events_;
};

/// What our reader says; and if it finds nothing wrong, where libyaml differs.
struct verdict {
    yaml::reading ours;
    bool accepted = false;
    std::string difference;  ///< empty where there is none
};

inline verdict judge(std::string_view text) {
    verdict result{yaml::read(text, 0), false, {}};
    result.accepted = result.ours.complete && result.ours.found.empty();
    if (!result.accepted) return result;
    try {
        comparison_with_libyaml(text).document(result.ours.root);
    } catch (std::string const& difference) {
        result.difference = difference;
    }
    return result;
}

}  // namespace rolecall::testing

#endif
