// Real data: 43 policy states of casbin's own tests, 166 checks and 97 role and permission
// queries on them, with the answers that casbin gives.
//
// 41 states are policies of ours, and every check and query of theirs must have casbin's
// answer. casbin_policy.hpp shows how: subjects with rules of their own get a role for them;
// groups of objects become the tree of categories; a denial becomes a guardrail, which beats
// every grant as it does there; the superuser who is written into a matcher becomes a user
// with a role; domains become a part of the names, and, once more, a policy for each domain.
//
// Two states are no policies of ours, and should not be:
//
// - One allows whatever no rule denies. Here only a grant opens. (1 check)
// - One lets the first rule that matches decide, so that an earlier permission beats a later
//   denial. Here a guardrail beats every grant, and the order of lines means nothing. (8
//   checks) A state of the same kind whose rules don't contradict each other is one of the 41.
//
// Read as our rules, these two allow nothing that casbin denies: see the last test.
//
// A user to whom the state gives nothing is one that the policy does not list; the question
// is refused, `unknown-name`, where casbin says false. Queries have no special case for names
// that nobody declared: what is not there holds nothing.
#include "data/casbin_answers.hpp"

#include <doctest/doctest.h>

#include <cstddef>
#include <map>
#include <ostream>
#include <set>
#include <string>

namespace {

using namespace rolecall::testing;
using casbin::question;
using casbin::state;
using rolecall::policy;

struct tally {
    std::size_t states = 0, checks = 0, queries = 0;

    void add(state const& s) {
        ++states;
        for (question const& q : s.questions) ++(q.is_check() ? checks : queries);
    }
    friend bool operator==(tally const&, tally const&) = default;
    friend std::ostream& operator<<(std::ostream& out, tally const& t) {
        return out << t.states << " states, " << t.checks << " checks, " << t.queries << " queries";
    }
};

std::string as_text(std::set<casbin::row> const& rows) {
    std::string text;
    for (casbin::row const& one : rows) {
        for (std::string const& word : one) text += word + ' ';
        text += '\n';
    }
    return text;
}

// Asks everything, and counts what was asked and had casbin's answer.
tally answered_as_expected(state const& s) {
    policy const made = make_policy(s);
    tally right{1, 0, 0};
    for (question const& q : s.questions) {
        CAPTURE(s.id);
        CAPTURE(q.name);
        CAPTURE(q.words);
        CAPTURE(q.domain);
        if (q.is_check()) {
            bool const named = bool{by_names(s, made, q)};
            bool const opened = in_session(s, made, q);
            CHECK(named == q.allowed);
            CHECK(opened == q.allowed);
            if (named == q.allowed && opened == q.allowed) ++right.checks;
        } else {
            auto const rows = casbin::expected(s, q);
            auto const written = casbin::written_answers(s, made).to(q);
            auto const decided = casbin::decided_answers(s, made).to(q);
            CHECK(as_text(written) == as_text(rows));
            CHECK(as_text(decided) == as_text(without_role(q, rows)));
            if (written == rows && decided == without_role(q, rows)) ++right.queries;
        }
    }
    return right;
}

TEST_CASE("real data: casbin's names stay apart when they become ours") {
    if (!has_real_data(casbin::data_file)) return;
    std::set<std::string> originals{"a_b", "a-b", "ax5fb", "a.b", "A", "a", "x", "all", ""};
    for (state const& s : casbin::read_states()) {
        for (auto const& r : s.rules) originals.insert({r.subject, r.domain, r.object, r.action});
        for (auto const& l : s.links) originals.insert({l.member, l.group, l.domain});
        for (question const& q : s.questions) originals.insert(q.words.begin(), q.words.end());
    }
    std::set<std::string> escaped, actions;
    for (std::string const& name : originals) {
        escaped.insert(casbin::escaped(name));
        actions.insert(casbin::action_name(name));
    }
    CHECK(originals.size() > 25);
    CHECK(escaped.size() == originals.size());
    CHECK(actions.size() == originals.size());
}

TEST_CASE("real data: 41 of casbin's 43 policy states map to this model, and 2 say why not") {
    if (!has_real_data(casbin::data_file)) return;
    tally all;
    std::map<std::string, tally> by_reason;
    for (state const& s : casbin::read_states()) {
        all.add(s);
        by_reason[why_not(s)].add(s);
    }
    CHECK(all == tally{43, 166, 97});
    CHECK(by_reason.size() == 3);
    CHECK(by_reason[""] == tally{41, 157, 97});
    CHECK(by_reason["what no rule denies is allowed"] == tally{1, 1, 0});
    CHECK(by_reason["of an allowing and a denying rule the first decides"] == tally{1, 8, 0});
}

TEST_CASE("real data: every check and query of casbin's that maps has casbin's answer") {
    if (!has_real_data(casbin::data_file)) return;
    tally right;
    for (state const& s : casbin::read_states()) {
        if (!why_not(s).empty()) continue;
        tally const of_this = answered_as_expected(s);
        right.states += of_this.states;
        right.checks += of_this.checks;
        right.queries += of_this.queries;
    }
    CHECK(right == tally{41, 157, 97});
}

TEST_CASE("real data: casbin's domains have the same answers as a policy for each domain") {
    if (!has_real_data(casbin::data_file)) return;
    tally right;
    for (state const& s : casbin::read_states()) {
        if (s.kind != "rbac+domains") continue;
        ++right.states;
        std::set<std::string> domains;
        for (question const& q : s.questions) domains.insert(q.domain);
        for (std::string const& domain : domains) {
            tally const of_this = answered_as_expected(casbin::only(s, domain));
            right.checks += of_this.checks;
            right.queries += of_this.queries;
        }
    }
    CHECK(right == tally{13, 32, 68});
}

TEST_CASE("real data: casbin's denial is a guardrail, and says so") {
    if (!has_real_data(casbin::data_file)) return;
    std::size_t denials = 0;
    for (state const& s : casbin::read_states()) {
        if (s.effect != "deny-override") continue;
        policy const made = make_policy(s);
        for (question const& q : s.questions)
            if (by_names(s, made, q).reason == rolecall::reason::forbidden) {
                ++denials;
                CHECK(q.words == casbin::row{"alice", "data2", "write"});
            }
    }
    CHECK(denials == 1);
}

TEST_CASE("real data: what does not map of casbin's opens nothing when it is read as our rules") {
    if (!has_real_data(casbin::data_file)) return;
    std::map<std::string, std::size_t> refused_here;
    for (state const& s : casbin::read_states()) {
        std::string const reason = why_not(s);
        if (reason.empty()) continue;
        policy const made = make_policy(s);
        for (question const& q : s.questions) {
            CAPTURE(s.id);
            CAPTURE(q.words);
            bool const allowed = in_session(s, made, q);
            CHECK_FALSE((allowed && !q.allowed));
            if (q.allowed && !allowed) ++refused_here[reason];
        }
    }
    CHECK(refused_here.size() == 1);
    CHECK(refused_here["of an allowing and a denying rule the first decides"] == 2);
}

}  // namespace
