// Authorizers whose policy is replaced again and again, everything that was ever obtained from
// them, and what every question must be answered with.
//
//     version   rules ──▶ alone   compiled for itself, and asked by names alone: the oracle
//                     └─▶ live    as the authorizer has it, and asked by references of any age
//
// Nothing that `alone` is was ever adopted, numbered anew or put into an authorizer.

#pragma once

#include "library_policy.hpp"
#include "trial.hpp"
#include <rolecall/authorizer.hpp>

#include <cstddef>
#include <cstdint>
#include <deque>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace model {

// Whose numbers a reference or a policy has. Two authorizers may share one.
using lineage = int;
inline constexpr lineage every_lineage = -1;  // of the four actions and of no facts
inline constexpr lineage no_lineage = -2;

// A decision, its reason, and the role that granted it.
struct verdict {
    bool allow = false;
    rolecall::reason why = rolecall::reason::unknown_name;
    std::string by_role;

    friend bool operator==(verdict const&, verdict const&) = default;
};

struct version {
    policy rules;
    rolecall::policy alone;
    rolecall::policy live;
    lineage of = no_lineage;
};

// A reference as it was once obtained.
template <class reference>
struct kept {
    reference is{};
    lineage of = no_lineage;
};

struct kept_facts {
    rolecall::facts is;
    lineage of = every_lineage;
    std::vector<std::pair<std::string, rolecall::fact_value>> stated;
};

// What somebody asks for, in references of any age and by the names that they stand for.
struct old_question {
    std::string action, category;
    kept<rolecall::action> what;
    kept<rolecall::category_ref> on;
    kept_facts facts;
};

// The same, asked as one role.
struct old_role_question : old_question {
    std::string role;
    kept<rolecall::role_ref> as;
};

// Who a session is of, by name.
struct asker {
    std::optional<std::string> user;
    std::optional<names> roles;
};

struct kept_session {
    asker who;
    rolecall::live_session is;
    std::size_t authorizer = 0;
    std::size_t made_by = 0;  // version
    rolecall::date on;
};

class reloads {
public:
    // With room for names every policy stays in the first one's lineage. Without, lineages come
    // and go, and some authorizers begin with a policy of their own.
    reloads(trial& one, bool room, std::size_t authorizers = 2);

    // Replaces the policy of one authorizer: by a new one, an older one, its own, or another's.
    void replace_somehow(std::size_t authorizer);
    void replace(std::size_t authorizer, policy const& rules);
    void replace(std::size_t authorizer, std::size_t by_version);

    // Keeps references of every name that the policy of now declares, facts made of older and
    // newer ones, and a few sessions.
    void keep_everything(std::size_t authorizer);

    policy random_rules() { return random_policy(one_.random, vocabulary_); }

    std::size_t authorizers() const { return authorizers_.size(); }
    rolecall::policy compiled(policy const& rules) const;
    rolecall::authorizer& authorizer(std::size_t at) { return *authorizers_[at].is; }
    std::uint32_t number(std::size_t at) const { return authorizers_[at].number; }
    rolecall::date today(std::size_t at) const { return authorizers_[at].today; }
    void tick(std::size_t at, rolecall::date now);

    std::vector<version> const& versions() const { return versions_; }
    std::size_t current(std::size_t at) const { return authorizers_[at].current; }
    version const& now(std::size_t at) const { return versions_[current(at)]; }
    std::deque<kept_session>& sessions() { return sessions_; }

    template <class reference>
    using kept_by_name = std::map<std::string, std::vector<kept<reference>>, std::less<>>;
    kept_by_name<rolecall::role_ref> const& roles() const { return roles_; }
    kept_by_name<rolecall::category_ref> const& categories() const { return categories_; }
    kept_by_name<rolecall::fact_ref> const& facts() const { return facts_; }
    kept_by_name<rolecall::action> const& actions() const { return actions_; }

    // A question near what some version grants, in references of any age; mostly of a lineage.
    old_role_question ask(lineage mostly);
    asker random_asker();

    // What the question must be answered with by a version: the answer to the same names, where
    // all references are of its lineage, else a denial.
    verdict expected(version const& by, old_role_question const& q) const;
    verdict expected(version const& by, asker const& who, rolecall::date on,
                     old_question const& q) const;
    // By names and old facts.
    verdict expected_by_name(version const& by, old_role_question const& q) const;

    static verdict verdict_of(rolecall::policy const& by, rolecall::response const& given);

    // Ends the test unless both are the same.
    void require(verdict const& got, verdict const& wanted, version const& by,
                 old_question const& q, std::string const& who) const;
    void require(bool allowed, verdict const& wanted, version const& by, old_question const& q,
                 std::string const& who) const;
    void require(bool holds, version const& by, std::string const& otherwise) const;

    // How many checks of old references were made so far, and how many lineages began.
    std::size_t checked = 0;
    std::size_t begun = 0;

private:
    struct one_authorizer {
        std::unique_ptr<rolecall::authorizer> is;
        std::size_t current = 0;
        std::uint32_t number = 1;
        rolecall::date today;
        std::uint32_t heard_activated = 0;
        std::uint32_t heard_begun = 0;
    };

    void begin(rolecall::policy const& first, std::size_t version);
    void replace(std::size_t authorizer, rolecall::policy const& newer, version made);
    template <class reference>
    void keep(kept_by_name<reference>& all, std::string const& name, reference is, lineage of,
              version const& in);
    template <class reference>
    kept<reference> pick(kept_by_name<reference> const& all, std::string& name, lineage mostly);
    void keep_references(rolecall::policy const& from, version const& in);
    void keep_sessions(std::size_t authorizer);
    kept_facts facts_of(std::map<std::string, truth> const& known, lineage mostly);
    void aim();
    verdict by_name(version const& by, rolecall::subject who, rolecall::date on,
                    old_question const& q) const;
    question in_model(asker const& who, old_question const& q) const;

    trial& one_;
    bool room_;
    vocabulary vocabulary_;
    std::vector<version> versions_;
    std::deque<one_authorizer> authorizers_;
    lineage next_lineage_ = 0;

    kept_by_name<rolecall::role_ref> roles_;
    kept_by_name<rolecall::category_ref> categories_;
    kept_by_name<rolecall::fact_ref> facts_;
    kept_by_name<rolecall::action> actions_;
    std::vector<kept_facts> made_facts_;
    std::deque<kept_session> sessions_;
    std::vector<question> aims_;
};

}  // namespace model
