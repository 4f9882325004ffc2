// Checks by session, by reference, by name, and of recorded requests.
#include "bench/agreement.hpp"
#include "bench/floors.hpp"
#include "bench/stage.hpp"
#include <rolecall/authorizer.hpp>
#include <rolecall/sinks.hpp>

#include <array>
#include <deque>
#include <optional>
#include <string>
#include <vector>

namespace rolecall::inline v0_1::bench {
namespace {

constexpr char const* facts_given = "facts given, none needed";
constexpr char const* by_facts = "depending on facts";
constexpr char const* blind = "bit test, blind to facts";
constexpr char const* no_unconditional = "every right depends on facts";
constexpr char const* no_conditional = "no right depends on facts";

// The floors. Each loop has its table in a local variable, as it would be written by hand.

auto row_pass(question_set const& asked, std::uint32_t const* row) {
    return [&asked, row] {
        return count(asked.bare,
                     [row](bare_question const& q) { return (row[q.on] >> q.what & 1U) != 0; });
    };
}

auto table_pass(question_set const& asked, bit_table const& table) {
    return [&asked, row = table.data(), width = table.width()] {
        return count(asked.bare, [row, width](bare_question const& q) {
            return (row[q.role * width + q.on] >> q.what & 1U) != 0;
        });
    };
}

std::string too_large(vocabulary const& words) {
    return "a table of so many roles and categories would take more than " +
           std::to_string(most_floor_bytes >> 20U) + " MiB (" +
           std::to_string(words.roles().size()) + " × " +
           std::to_string(words.categories().size()) + " words)";
}

// ---- By session --------------------------------------------------------------------------

class session_contest {
public:
    session_contest(stage& on, session const& who)
        : on_(on), who_(who), row_(on.words, who), all_known_(on.words.every_fact(true)) {}

    void run() {
        for (answers const wanted :
             {answers::half_denied, answers::all_allowed, answers::all_denied, answers::by_facts})
            add(wanted);
        contest_.run(on_.options, on_.to);
    }

private:
    void add(answers wanted) {
        std::string const name(to_string(wanted));
        question_set const& asked =
            sets_.emplace_back(make_questions(on_.words, who_, wanted, on_.with.questions));
        if (asked.empty()) {
            on_.leave_out(contest_.group(), name, why_none(wanted));
        } else if (wanted == answers::by_facts) {
            add_by_facts(name, asked);
        } else {
            contest::id const floor = add_fixed(name, asked);
            if (wanted == answers::half_denied && !on_.words.facts().empty())
                add_facts_given(asked, floor);
        }
    }

    static std::string why_none(answers wanted) {
        switch (wanted) {
            case answers::all_allowed: return "nothing is allowed without facts";
            case answers::all_denied: return "nothing is denied whatever the facts";
            case answers::by_facts: return no_conditional;
            case answers::half_denied: break;
        }
        return no_unconditional;
    }

    contest::id add_fixed(std::string const& name, question_set const& asked) {
        session const& who = who_;
        demand_agreement("a bit test", asked.bare, asked.expected,
                         [this](bare_question const& q) { return row_.allows(q); });
        demand_agreement("a session", asked.by_reference, asked.expected,
                         [&who](question const& q) { return who.allows(q.what, q.on); });
        contest::id const floor =
            contest_.floor("bit test of a row", asked.size(), row_pass(asked, row_.data()));
        contest_.measure(name, asked.size(),
                         [&who, &asked] {
                             return count(asked.by_reference, [&who](question const& q) {
                                 return who.allows(q.what, q.on);
                             });
                         },
                         {floor});
        return floor;
    }

    void add_facts_given(question_set const& asked, contest::id floor) {
        contest_.measure(facts_given, asked.size(),
                         [&who = who_, &asked, known = all_known_] {
                             return count(asked.by_reference, [&who, &known](question const& q) {
                                 return who.allows(q.what, q.on, known);
                             });
                         },
                         {floor});
    }

    void add_by_facts(std::string const& name, question_set const& asked) {
        demand_agreement("a session", asked.by_reference, asked.known, asked.expected,
                         [this](question const& q, facts const& known) {
                             return who_.allows(q.what, q.on, known);
                         });
        contest::id const floor = contest_.floor(blind, asked.size(), row_pass(asked, row_.data()));
        contest_.measure(name, asked.size(),
                         [&who = who_, &asked] {
                             return count(asked.by_reference, asked.known,
                                          [&who](question const& q, facts const& known) {
                                              return who.allows(q.what, q.on, known);
                                          });
                         },
                         {floor});
    }

    stage& on_;
    session const& who_;
    bit_row row_;
    facts all_known_;
    std::deque<question_set> sets_;
    contest contest_{"check by session"};
};

// ---- By reference ------------------------------------------------------------------------

// What a policy and an authorizer have in common: both are asked alike.
template <class Asked>
auto by_reference(Asked const& by, question_set const& asked) {
    return [&by, &asked] {
        return count(asked.by_reference,
                     [&by](question const& q) { return by.allows(q.role, q.what, q.on); });
    };
}

template <class Asked>
auto by_reference_with_facts(Asked const& by, question_set const& asked) {
    return [&by, &asked] {
        return count(asked.by_reference, asked.known, [&by](question const& q, facts const& known) {
            return by.allows(q.role, q.what, q.on, known);
        });
    };
}

template <class Asked>
auto by_name(Asked const& by, question_set const& asked) {
    return [&by, &asked] {
        return count(asked.by_name,
                     [&by](named_question const& q) { return by.allows(q.role, q.what, q.on); });
    };
}

template <class Asked>
void demand_references(std::string const& who, Asked const& by, question_set const& asked) {
    demand_agreement(who, asked.by_reference, asked.expected,
                     [&by](question const& q) { return by.allows(q.role, q.what, q.on); });
}

template <class Asked>
void demand_names(std::string const& who, Asked const& by, question_set const& asked) {
    demand_agreement(who, asked.by_name, asked.expected,
                     [&by](named_question const& q) { return by.allows(q.role, q.what, q.on); });
}

class reference_contest {
public:
    reference_contest(stage& on, role_questions const& asked)
        : on_(on), asked_(asked), pdp_(on.of, no_records{}) {}

    void run() {
        if (asked_.fixed.empty()) {
            on_.leave_out(contest_.group(), asked_.name, no_unconditional);
        } else {
            add_fixed(asked_.fixed);
        }
        if (asked_.by_facts.empty()) {
            on_.leave_out(contest_.group(), by_facts, no_conditional);
        } else {
            add_by_facts(asked_.by_facts);
        }
        contest_.run(on_.options, on_.to);
    }

private:
    void add_fixed(question_set const& asked) {
        demand_references("a policy", on_.of, asked);
        demand_references("an authorizer", pdp_, asked);
        std::vector<contest::id> const floors = floors_of(asked);
        contest_.measure("policy, " + asked_.name, asked.size(), by_reference(on_.of, asked),
                         floors);
        contest_.measure("authorizer, " + asked_.name, asked.size(), by_reference(pdp_, asked),
                         floors);
        if (on_.words.facts().empty()) return;
        contest_.measure(std::string("policy, ") + facts_given, asked.size(),
                         [&of = on_.of, &asked, known = on_.words.every_fact(true)] {
                             return count(asked.by_reference, [&of, &known](question const& q) {
                                 return of.allows(q.role, q.what, q.on, known);
                             });
                         },
                         {floors.front()});
    }

    std::vector<contest::id> floors_of(question_set const& asked) {
        std::vector<contest::id> floors;
        table_ = bit_table::make(on_.words, asked);
        if (table_) {
            demand_agreement("a bit test", asked.bare, asked.expected,
                             [this](bare_question const& q) { return table_->allows(q); });
            floors.push_back(
                contest_.floor("bit test of a table", asked.size(), table_pass(asked, *table_)));
        } else {
            on_.leave_out(contest_.group(), "floor", too_large(on_.words));
        }
        rights_.emplace(on_.words, asked);
        auto const in_set = [&rights = *rights_](bare_question const& q) {
            return rights.allows(q.role, q.what, q.on);
        };
        demand_agreement("a std::set", asked.bare, asked.expected, in_set);
        floors.push_back(contest_.floor("std::set of numbers", asked.size(),
                                        [&asked, in_set] { return count(asked.bare, in_set); }));
        return floors;
    }

    void add_by_facts(question_set const& asked) {
        demand_agreement("an authorizer", asked.by_reference, asked.known, asked.expected,
                         [this](question const& q, facts const& known) {
                             return pdp_.allows(q.role, q.what, q.on, known);
                         });
        std::vector<contest::id> floors;
        blind_table_ = bit_table::make(on_.words, asked);
        if (blind_table_)
            floors.push_back(contest_.floor(blind, asked.size(), table_pass(asked, *blind_table_)));
        contest_.measure(std::string("policy, ") + by_facts, asked.size(),
                         by_reference_with_facts(on_.of, asked), floors);
        contest_.measure(std::string("authorizer, ") + by_facts, asked.size(),
                         by_reference_with_facts(pdp_, asked), floors);
    }

    stage& on_;
    role_questions const& asked_;
    authorizer const pdp_;
    std::optional<bit_table> table_, blind_table_;
    std::optional<number_set> rights_;
    contest contest_{"check by reference"};
};

}  // namespace

void check_by_session(stage& on, session const& who) { session_contest(on, who).run(); }

void check_by_reference(stage& on, role_questions const& asked) {
    reference_contest(on, asked).run();
}

void check_requests(stage& on, prepared_requests const& asked) {
    contest c("recorded requests");
    std::deque<bit_table> tables;
    struct kind {
        char const *by_names, *by_session, *floor;
        named_requests const& named;
        session_questions const& sessions;
    };
    std::array const kinds{
        kind{"by names", "by session", "bit test of a row", asked.fixed, asked.to_sessions},
        kind{"by names, depending on facts", "by session, depending on facts", blind,
             asked.by_facts, asked.to_sessions_by_facts}};
    for (kind const& one : kinds) {
        question_set const& shapes = one.sessions.shapes;
        std::vector<contest::id> floors;
        if (!shapes.empty()) {
            auto table = bit_table::make(asked.sessions.size(), on.words, shapes);
            if (table) {
                bit_table const& kept = tables.emplace_back(std::move(*table));
                floors.push_back(c.floor(one.floor, shapes.size(), table_pass(shapes, kept)));
                if (&one == kinds.data())
                    demand_agreement("a bit test", shapes.bare, shapes.expected,
                                     [&](bare_question const& q) { return kept.allows(q); });
            }
        }
        std::vector<request> const& questions = one.named.questions;
        if (!questions.empty())
            c.measure(
                one.by_names, questions.size(),
                [&on, &questions] {
                    return count(questions,
                                 [&on](request const& q) { return bool{on.of.evaluate(q)}; });
                },
                floors);
        if (!shapes.empty())
            c.measure(
                one.by_session, shapes.size(),
                [&one, &shapes] {
                    return count(one.sessions.by_reference, shapes.known,
                                 [](session_questions::one const& q, facts const& known) {
                                     return q.who->allows(q.what, q.on, known);
                                 });
                },
                floors);
    }
    if (asked.to_sessions.shapes.empty() && asked.to_sessions_by_facts.shapes.empty())
        on.leave_out(c.group(), "by session", "no asker may be active");
    c.run(on.options, on.to);
}

void check_by_name(stage& on, role_questions const& asked) {
    contest c("check by name");
    question_set const& fixed = asked.fixed;
    if (fixed.empty()) return on.leave_out(c.group(), asked.name, no_unconditional);
    authorizer const pdp(on.of, no_records{});
    demand_names("a check by name", on.of, fixed);
    demand_names("an authorizer by name", pdp, fixed);

    std::vector<contest::id> floors;
    auto const table = bit_table::make(on.words, fixed);
    std::optional<name_maps> maps;
    if (table) {
        maps.emplace(on.words, *table);
        auto const in_maps = [&maps = *maps](named_question const& q) { return maps.allows(q); };
        demand_agreement("three hash maps", fixed.by_name, fixed.expected, in_maps);
        floors.push_back(c.floor("three hash maps, bit test", fixed.size(),
                                 [&fixed, in_maps] { return count(fixed.by_name, in_maps); }));
    } else {
        on.leave_out(c.group(), "floor", too_large(on.words));
    }
    text_set const rights(on.words, fixed);
    demand_names("a std::set", rights, fixed);
    floors.push_back(c.floor("std::set of texts", fixed.size(), by_name(rights, fixed)));

    c.measure("policy, " + asked.name, fixed.size(), by_name(on.of, fixed), floors);
    c.measure("authorizer, " + asked.name, fixed.size(), by_name(pdp, fixed), floors);
    c.run(on.options, on.to);
}

}  // namespace rolecall::inline v0_1::bench
