#include "bench/requests.hpp"

#include "bench/agreement.hpp"
#include <rolecall/detail/text.hpp>

#include <algorithm>
#include <string_view>
#include <unordered_map>

namespace rolecall::inline v0_1::bench {
namespace {

constexpr std::uint32_t none = 0xFFFFFFFF;

// Names to their numbers in a vocabulary.
class number_map {
public:
    template <class Names>
    explicit number_map(Names const& names) {
        for (std::size_t i = 0; i < names.size(); ++i)
            numbers_.emplace(names[i].name, static_cast<std::uint32_t>(i));
    }

    [[nodiscard]] std::uint32_t find(std::string_view name) const {
        auto const found = numbers_.find(name);
        return found == numbers_.end() ? none : found->second;
    }

private:
    std::unordered_map<std::string_view, std::uint32_t> numbers_;
};

// Questions of one kind, before they are put into shapes.
struct gathered {
    std::vector<bare_question> questions;
    std::vector<facts> known;

    void add(bare_question q, facts const& with) {
        questions.push_back(q);
        known.push_back(with);
    }
};

class preparation {
public:
    preparation(vocabulary const& words, date on, request_limits const& limits)
        : words_(words),
          on_(on),
          roles_(words.roles()),
          actions_(words.actions()),
          categories_(words.categories()),
          most_sessions_(limits.most_sessions) {
        std::size_t const row = words.categories().size() * sizeof(std::uint32_t) + 256;
        most_sessions_ = std::min(most_sessions_, limits.most_session_bytes / row + 1);
    }

    prepared_requests run(std::vector<recorded_request> const& recorded) {
        for (recorded_request const& one : recorded) add(one);
        finish();
        return std::move(result_);
    }

private:
    void add(recorded_request const& one) {
        request question = by_names(one);
        response const answer = words_.of().evaluate(question);
        bool depends = false;
        std::string const unknown = unknown_name(one, answer);
        if (!unknown.empty()) {
            if (result_.unknown_names++ == 0)
                result_.first_unknown_name = "line " + std::to_string(one.line) + ": " + unknown;
        } else if (std::uint32_t const who = session_of(one); who != none) {
            depends = add_known(one, who, bool{answer});
        }
        named_requests& to = depends ? result_.by_facts : result_.fixed;
        to.questions.push_back(std::move(question));
        to.expected.push_back(answer ? 1 : 0);
        to.allowed += answer ? 1U : 0U;
    }

    // All of its names are declared. Whether the answer depends on facts.
    bool add_known(recorded_request const& one, std::uint32_t who, bool expected) {
        bare_question const q{who, actions_.find(one.action), categories_.find(one.category)};
        facts const known = facts_of(one);
        if (bool{ask_session_(q, known)} != expected)
            throw disagreement("the session and the policy",
                               "the request of line " + std::to_string(one.line));
        bool const depends = standing_of(q, ask_session_, no_fact_holds_) == standing::by_facts;
        (depends ? sessions_by_facts_ : sessions_fixed_).add(q, known);
        if (!one.is_user)
            (depends ? roles_by_facts_ : roles_fixed_)
                .add({roles_.find(one.id), q.what, q.on}, known);
        return depends;
    }

    void finish() {
        result_.to_sessions = questions_of(std::move(sessions_fixed_));
        result_.to_sessions_by_facts = questions_of(std::move(sessions_by_facts_));
        oracle const ask_role = [&](bare_question const& q, facts const& known) {
            return words_.of().evaluate(words_.roles()[q.role].reference,
                                        words_.actions()[q.what].reference,
                                        words_.categories()[q.on].reference, known);
        };
        auto const of_roles = [&](gathered all) {
            return assemble(words_, asks_as::roles, std::move(all.questions), std::move(all.known),
                            ask_role);
        };
        result_.as_roles = of_roles(std::move(roles_fixed_));
        result_.as_roles_by_facts = of_roles(std::move(roles_by_facts_));
    }

    session_questions questions_of(gathered all) {
        session_questions result;
        result.shapes = assemble(words_, asks_as::sessions, std::move(all.questions),
                                 std::move(all.known), ask_session_);
        for (std::size_t i = 0; i < result.shapes.size(); ++i) {
            question const& q = result.shapes.by_reference[i];
            result.by_reference.push_back(
                {&result_.sessions[result.shapes.bare[i].role], q.what, q.on});
        }
        return result;
    }

    [[nodiscard]] request by_names(recorded_request const& one) const {
        request question{subject_of(one), one.action, one.category};
        for (auto const& [name, value] : one.facts) question.facts.emplace_back(name, value);
        question.on = on_;
        return question;
    }

    static subject subject_of(recorded_request const& one) {
        if (!one.is_user) return subject::role(one.id);
        if (!one.roles) return subject::user(one.id);
        return subject::user(one.id, {one.roles->begin(), one.roles->end()});
    }

    // What the policy does not declare, in words; empty: nothing.
    [[nodiscard]] std::string unknown_name(recorded_request const& one,
                                           response const& answer) const {
        auto const no = [](std::string_view kind, std::string_view name) {
            return "there is no " + std::string(kind) + ' ' + rolecall::detail::in_backticks(name);
        };
        if (!one.is_user && roles_.find(one.id) == none) return no("role", one.id);
        if (one.roles)
            for (std::string const& role : *one.roles)
                if (roles_.find(role) == none) return no("role", role);
        if (actions_.find(one.action) == none) return no("action", one.action);
        if (categories_.find(one.category) == none) return no("category", one.category);
        for (auto const& [name, value] : one.facts)
            if (!words_.of().fact(name)) return no("fact", name);
        if (answer.reason == reason::unknown_name) return no("user", one.id);
        return {};
    }

    [[nodiscard]] facts facts_of(recorded_request const& one) const {
        facts known;
        for (auto const& [name, value] : one.facts)
            known.add(words_.of().fact(name).value(), value);
        return known;
    }

    // The number of the asker's session; none where there is none.
    std::uint32_t session_of(recorded_request const& one) {
        std::string key = key_of(one);
        auto known = numbers_.find(key);
        if (known == numbers_.end()) {
            if (result_.sessions.size() >= most_sessions_) {
                ++result_.without_session;
                return none;
            }
            known = numbers_.emplace(std::move(key), open_session(one)).first;
        }
        if (known->second == none) ++result_.not_active;
        return known->second;
    }

    std::uint32_t open_session(recorded_request const& one) {
        activation made = activate(one);
        if (!made) return none;
        result_.sessions.push_back(std::move(made).value());
        return static_cast<std::uint32_t>(result_.sessions.size() - 1);
    }

    [[nodiscard]] activation activate(recorded_request const& one) const {
        if (!one.is_user) return words_.of().activate({std::string_view(one.id)});
        if (!one.roles) return words_.of().activate_user(one.id, on_);
        return words_.of().activate_user(one.id, *one.roles, on_);
    }

    // Lengths stand before texts, so that no two askers have one key.
    static std::string key_of(recorded_request const& one) {
        auto const part = [](std::string const& text) {
            return std::to_string(text.size()) + ' ' + text;
        };
        std::string key = (one.is_user ? "user " : "role ") + part(one.id);
        if (!one.roles) return key;
        key += " as";
        for (std::string const& role : *one.roles) key += ' ' + part(role);
        return key;
    }

    vocabulary const& words_;
    date on_;
    number_map roles_, actions_, categories_;
    std::size_t most_sessions_;
    std::unordered_map<std::string, std::uint32_t> numbers_;
    facts no_fact_holds_ = words_.every_fact(false);
    oracle ask_session_ = [this](bare_question const& q, facts const& known) {
        return result_.sessions[q.role].evaluate(words_.actions()[q.what].reference,
                                                 words_.categories()[q.on].reference, known);
    };
    gathered sessions_fixed_, sessions_by_facts_, roles_fixed_, roles_by_facts_;
    prepared_requests result_;
};

}  // namespace

prepared_requests prepare_requests(vocabulary const& words,
                                   std::vector<recorded_request> const& recorded, date on,
                                   request_limits const& limits) {
    return preparation(words, on, limits).run(recorded);
}

}  // namespace rolecall::inline v0_1::bench
