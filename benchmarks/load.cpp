// From files or text to a policy. The floor of YAML is its parser alone: yaml-cpp's events of
// the same bytes, kept by nobody. The floor of a policy made in code is a std::set of its rights.
#include "benchmarks.hpp"
#include "support/policies.hpp"
#include <rolecall/policy_builder.hpp>
#include <rolecall/yaml.hpp>

#include <yaml-cpp/eventhandler.h>
#include <yaml-cpp/parser.h>

#include <cstdint>
#include <filesystem>
#include <fstream>
#include <memory>
#include <set>
#include <sstream>
#include <stdexcept>
#include <string>
#include <string_view>
#include <tuple>

namespace rolecall::benchmarks {

namespace {

constexpr policy_kind plain = policy_kind::plain;
constexpr char const* shop = ROLECALL_SOURCE_DIR "/policies/shop";

class counting_handler : public YAML::EventHandler {
public:
    [[nodiscard]] std::uint64_t count() const { return count_; }

    void OnDocumentStart(YAML::Mark const&) override { ++count_; }
    void OnDocumentEnd() override { ++count_; }
    void OnNull(YAML::Mark const&, YAML::anchor_t) override { ++count_; }
    void OnAlias(YAML::Mark const&, YAML::anchor_t) override { ++count_; }
    void OnScalar(YAML::Mark const&, std::string const&, YAML::anchor_t,
                  std::string const&) override {
        ++count_;
    }
    void OnSequenceStart(YAML::Mark const&, std::string const&, YAML::anchor_t,
                         YAML::EmitterStyle::value) override {
        ++count_;
    }
    void OnSequenceEnd() override { ++count_; }
    void OnMapStart(YAML::Mark const&, std::string const&, YAML::anchor_t,
                    YAML::EmitterStyle::value) override {
        ++count_;
    }
    void OnMapEnd() override { ++count_; }

private:
    std::uint64_t count_ = 0;
};

std::uint64_t parse(std::istream& from) {
    YAML::Parser parser(from);
    counting_handler handler;
    parser.HandleNextDocument(handler);
    return handler.count();
}

prepared load_shop() {
    return {[]() -> std::uint64_t { return yaml::load(shop).value().role("support") ? 1 : 0; }};
}

prepared parse_shop() {
    return {[] {
        std::uint64_t events = 0;
        for (auto const& file : std::filesystem::recursive_directory_iterator(shop)) {
            if (file.path().extension() != ".yaml") continue;
            std::ifstream from(file.path());
            events += parse(from);
        }
        return events;
    }};
}

std::string const& text_of(policy_size const& size) {
    static std::map<std::string_view, std::string> texts;
    std::string& text = texts[size.tag];
    if (text.empty()) text = yaml::write(written(size, plain));
    return text;
}

prepared load_text(policy_size const& size) {
    std::string const& text = text_of(size);
    return {[&text]() -> std::uint64_t { return yaml::load_text(text).value().role("x") ? 1 : 0; },
            text.size()};
}

prepared parse_text(policy_size const& size) {
    std::string const& text = text_of(size);
    return {[&text] {
                std::istringstream from(text);
                return parse(from);
            },
            text.size()};
}

// What is granted, one right after the other, as an application would read it from its tables.
template <class Each>
std::uint64_t for_each_right(document const& of, Each&& each) {
    std::uint64_t count = 0;
    for (written_role const& role : of.roles)
        for (written_grant const& grant : role.may)
            for (written_right const& right : grant.rights) {
                each(role, grant, right);
                ++count;
            }
    return count;
}

std::uint64_t rights_of(policy_size const& size) {
    return for_each_right(written(size, plain), [](auto const&...) {});
}

prepared build(policy_size const& size) {
    document const& rules = written(size, plain);
    return {[&rules]() -> std::uint64_t {
                policy_builder made;
                for (written_category const& category : rules.categories)
                    made.category(category.name.text, category.about);
                for (written_role const& role : rules.roles) {
                    auto to = made.role(role.name.text);
                    for (written_name const& junior : role.inherits) to.inherits(junior.text);
                    for (written_grant const& grant : role.may) {
                        name_list actions;
                        for (written_right const& right : grant.rights)
                            actions.push_back(right.action.text);
                        to.may(grant.category.text, actions);
                    }
                }
                return made.build().value().role("x") ? 1 : 0;
            },
            rights_of(size)};
}

prepared fill_set(policy_size const& size) {
    document const& rules = written(size, plain);
    return {[&rules]() -> std::uint64_t {
                std::set<std::tuple<std::string, std::string, std::string>> rights;
                for_each_right(rules, [&](auto const& role, auto const& grant, auto const& right) {
                    rights.emplace(role.name.text, grant.category.text, right.action.text);
                });
                return rights.empty() ? 1 : 0;
            },
            rights_of(size)};
}

}  // namespace

void load(suite& to) {
    to.begin("Load",
             "From YAML to a policy that answers, every file checked: `yaml::load(…)`; and the "
             "same from code. Of large policies, a byte of text, or a right.");
    to.compare({.text = "the shop's files, all",
                .measured = to.add({.name = "load/shop/files", .prepare = load_shop}),
                .floor = to.add({.name = "load/shop/events", .prepare = parse_shop}),
                .floor_text = "yaml-cpp's events",
                .same_answers = false});
    contestant_id by_size[2] = {};
    for (policy_size const* const size : {&middle, &large}) {
        auto const add = [&](char const* variant, auto make) {
            return to.add({.name = contestant_name("load", *size, variant),
                           .prepare = [size, make] { return make(*size); },
                           .slow = size == &large});
        };
        auto const label = std::string(size->label);
        auto const text = by_size[size == &large] = add("text", load_text);
        to.compare({.text = label + ", from text, a byte",
                    .measured = text,
                    .floor = add("events", parse_text),
                    .floor_text = "yaml-cpp's events",
                    .same_answers = false});
        to.compare({.text = label + ", policy_builder, a right",
                    .measured = add("builder", build),
                    .floor = add("std-set", fill_set),
                    .floor_text = "std::set of texts"});
    }
    to.compare({.text = "1,000 × 1,000 and 100,000 users, a byte",
                .measured = by_size[1],
                .floor = by_size[0],
                .floor_text = "100 × 100 and 1,000 users",
                .reach = aim::in_time(1.5)});
}

}  // namespace rolecall::benchmarks
