// casbin's own tests, as data: policy states, and what was asked of each.
#ifndef ROLECALL_TESTS_DATA_CASBIN_DATA_HPP
#define ROLECALL_TESTS_DATA_CASBIN_DATA_HPP

#include "data/real_data.hpp"

#include <boost/json.hpp>

#include <algorithm>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace rolecall::testing::casbin {

inline constexpr char const* data_file = "casbin/casbin_rbac_oracle.json";

/// `alice, domain1, data1, read, allow`; what a state has not is empty.
struct rule {
    std::string subject, domain, object, action, effect;
};

/// `g, alice, admin`: a user of a role, or a role of a role; `g2`: an object of a group.
struct link {
    std::string type, member, group, domain;
};

using row = std::vector<std::string>;

/// A check (`enforce`), or a query such as `GetRoles`; without the domain, which stands apart.
struct question {
    std::string name, domain;
    row words;             ///< of a check: subject, object, action
    bool allowed = false;  ///< what a check expects
    std::set<row> rows;    ///< what a query expects, in any order

    [[nodiscard]] bool is_check() const { return name == "enforce"; }
};

/// Rules, and what they are asked.
struct state {
    std::string id, kind, effect;
    std::vector<rule> rules;
    std::vector<link> links;
    std::vector<question> questions;

    /// casbin's definition: a role is what something else is a member of.
    [[nodiscard]] bool is_role(std::string_view name) const {
        return std::any_of(links.begin(), links.end(),
                           [&](link const& l) { return l.type == "g" && l.group == name; });
    }
};

inline std::string text_in(boost::json::value const& from, char const* key) {
    boost::json::value const* const value = from.as_object().if_contains(key);
    return value == nullptr ? std::string() : boost::json::value_to<std::string>(*value);
}

// A list of rows; or of texts, each a row of one word. Only GetImplicitUsersForResource has
// rows of more words without brackets: its single row stands alone.
inline std::set<row> read_rows(boost::json::value const& from, bool alone) {
    std::set<row> rows;
    if (alone) {
        auto const words = boost::json::value_to<row>(from);
        return words.empty() ? rows : std::set<row>{words};
    }
    for (boost::json::value const& one : from.as_array())
        rows.insert(one.is_array() ? boost::json::value_to<row>(one)
                                   : row{boost::json::value_to<std::string>(one)});
    return rows;
}

inline question read_question(boost::json::value const& from, bool has_domains) {
    question q;
    q.name = text_in(from, "check");
    q.words = boost::json::value_to<row>(from.at(q.is_check() ? "request" : "args"));
    if (q.is_check())
        q.allowed = from.at("expected").as_bool();
    else
        q.rows =
            read_rows(from.at("expected"), q.name.rfind("GetImplicitUsersForResource", 0) == 0);
    if (!has_domains) return q;

    if (q.words.size() > 1) {
        q.domain = q.words[1];
        q.words.erase(q.words.begin() + 1);
    }
    // One query has lost its domain, which each row of its answer names. Rows of permissions
    // are subject, domain, object, action.
    std::set<row> rows;
    for (row one : q.rows) {
        if (one.size() == 4) {
            if (q.domain.empty()) q.domain = one[1];
            if (one[1] == q.domain) one.erase(one.begin() + 1);
        }
        rows.insert(one);
    }
    q.rows = rows;
    return q;
}

inline state read_state(boost::json::value const& from) {
    state s;
    s.id = text_in(from, "id");
    s.kind = text_in(from, "kind");
    s.effect = text_in(from, "effect");
    bool const has_domains = s.kind == "rbac+domains";
    for (boost::json::value const& r : from.at("policy").as_array())
        s.rules.push_back({text_in(r, "subject"), text_in(r, "domain"), text_in(r, "object"),
                           text_in(r, "action"), text_in(r, "effect")});
    // Without domains, what stands in their place is a remark that casbin does not read.
    for (boost::json::value const& l : from.at("grouping").as_array())
        s.links.push_back({text_in(l, "type"), text_in(l, "member"), text_in(l, "role"),
                           has_domains ? text_in(l, "domain") : std::string()});
    for (boost::json::value const& q : from.at("checks").as_array())
        s.questions.push_back(read_question(q, has_domains));
    return s;
}

inline std::vector<state> read_states() {
    auto const all = boost::json::parse(whole_file(real_data(data_file)));
    std::vector<state> states;
    for (boost::json::value const& one : all.at("cases").as_array())
        states.push_back(read_state(one));
    return states;
}

/// The part of a state that is about one domain, as a state that knows no domains.
inline state only(state const& whole, std::string const& domain) {
    auto const part = [&](auto const& all) {
        auto some = all;
        some.clear();
        for (auto one : all) {
            if (one.domain != domain) continue;
            one.domain.clear();
            some.push_back(one);
        }
        return some;
    };
    return {whole.id + " in " + domain, "rbac", whole.effect, part(whole.rules), part(whole.links),
            part(whole.questions)};
}

}  // namespace rolecall::testing::casbin

#endif
