#include "bench/suite.hpp"

#include "bench/stage.hpp"

#include <algorithm>
#include <chrono>
#include <functional>
#include <utility>

namespace rolecall::inline v0_1::bench {
namespace {

// Looked at to find the role with the most rights.
constexpr std::size_t most_looks = std::size_t{1} << 24U;

policy_size size_of(vocabulary const& words) {
    document const& written = words.of().source();
    policy_size size{words.roles().size(),   words.categories().size(),
                     words.actions().size(), words.facts().size(),
                     written.users.size(),   written.guardrails.size(),
                     written.files.size(),   0};
    for (source_file const& file : written.files) size.bytes += file.text.size();
    return size;
}

class suite {
public:
    suite(policy const& of, suite_options const& with) : of_(of), with_(with), words_(of_) {}

    report run() {
        report_.on = this_machine();
        report_.size = size_of(words_);
        report_.doubts = doubts(report_.on);
        if (!with_.requests.empty()) {
            plan_requests();
        } else {
            plan_random();
        }
        plan("load and replace", 2, [&](stage& on) { load_and_replace(on); });
        for (planned const& one : planned_) total_ += one.share;
        for (planned const& one : planned_) run(one);
        return std::move(report_);
    }

private:
    struct planned {
        std::string what;
        double share;
        std::function<void(stage&)> run;
    };

    void plan(std::string what, double share, std::function<void(stage&)> run) {
        planned_.push_back({std::move(what), share, std::move(run)});
    }

    void plan_random() {
        report_.asked.seed = with_.questions.seed;
        report_.asked.count = with_.questions.count;
        if (words_.roles().empty() || words_.categories().empty() || !with_.who) {
            report_.omissions.push_back({"check", "",
                                         words_.roles().empty()
                                             ? "the policy declares no role"
                                             : "the policy declares no category"});
            return;
        }
        report_.asked.asker = with_.who->label;
        plan("checks by session", 4,
             [&](stage& on) { check_by_session(on, with_.who->activate(of_, with_.on).value()); });
        plan("checks by reference", 4, [&](stage& on) {
            fixed_ = make_questions(words_, answers::half_denied, with_.questions);
            by_facts_ = make_questions(words_, answers::by_facts, with_.questions);
            check_by_reference(on, {"half denied at random", fixed_, by_facts_});
        });
        plan("checks by name", 3, [&](stage& on) {
            check_by_name(on, {"half denied at random", fixed_, by_facts_});
        });
        plan("decisions", 3, [&](stage& on) {
            session const who = with_.who->activate(of_, with_.on).value();
            asked_ = make_questions(words_, who, answers::half_denied, with_.questions);
            if (asked_.empty())
                asked_ = make_questions(words_, who, answers::by_facts, with_.questions);
            decide_by_session(on, *with_.who, asked_);
        });
        plan("decisions into a file", 2,
             [&](stage& on) { decide_into_file(on, *with_.who, asked_); });
        plan("sessions", 2, [&](stage& on) { activate_sessions(on); });
    }

    void plan_requests() {
        prepared_ = prepare_requests(words_, with_.requests, with_.on);
        question_summary& asked = report_.asked;
        asked.from_requests = true;
        asked.count = with_.requests.size();
        asked.allowed = prepared_.fixed.allowed + prepared_.by_facts.allowed;
        asked.by_facts = prepared_.by_facts.questions.size();
        asked.unknown_names = prepared_.unknown_names;
        asked.first_unknown_name = prepared_.first_unknown_name;
        asked.not_active = prepared_.not_active;
        asked.seed = with_.questions.seed;
        asked.left_aside = with_.requests_left_aside;
        if (prepared_.without_session > 0)
            report_.omissions.push_back(
                {"recorded requests", "by session",
                 std::to_string(prepared_.without_session) +
                     " requests, of more askers than fit into memory as sessions"});
        plan("recorded requests", 4, [&](stage& on) { check_requests(on, prepared_); });
        role_questions const as_roles{"as recorded", prepared_.as_roles,
                                      prepared_.as_roles_by_facts};
        if (as_roles.fixed.empty() && as_roles.by_facts.empty()) {
            report_.omissions.push_back(
                {"check by reference", "", "no request asks as a role that the policy has"});
        } else {
            plan("checks by reference", 4, [=](stage& on) { check_by_reference(on, as_roles); });
            plan("checks by name", 3, [=](stage& on) { check_by_name(on, as_roles); });
        }
        named_requests const& decided =
            prepared_.fixed.questions.empty() ? prepared_.by_facts : prepared_.fixed;
        plan("decisions", 3, [&](stage& on) { decide_requests(on, decided); });
        plan("decisions into a file", 2,
             [&](stage& on) { decide_requests_into_file(on, decided); });
        if (!words_.roles().empty()) plan("sessions", 2, [&](stage& on) { activate_sessions(on); });
    }

    void run(planned const& one) {
        stage on{of_, words_, with_, report_};
        std::chrono::duration<double> const time(with_.seconds * one.share / total_);
        on.options.time = std::chrono::duration_cast<std::chrono::nanoseconds>(time);
        on.options.batch =
            std::min<std::chrono::nanoseconds>(on.options.batch, on.options.time / 50);
        double const begin = done_ / total_;
        double const share = one.share / total_;
        if (with_.progress) {
            with_.progress(one.what, begin);
            on.options.progress = [this, &one, begin, share](double of_it) {
                with_.progress(one.what, begin + share * of_it);
            };
        }
        one.run(on);
        done_ += one.share;
    }

    policy of_;
    suite_options const& with_;
    vocabulary words_;
    report report_;
    std::vector<planned> planned_;
    double total_ = 0, done_ = 0;
    question_set fixed_, by_facts_, asked_;
    prepared_requests prepared_;
};

}  // namespace

activation asker::activate(policy const& in, date on) const {
    if (!user) return in.activate(roles);
    if (roles.empty()) return in.activate_user(*user, on);
    return in.activate_user(*user, roles, on);
}

std::optional<asker> broadest_role(vocabulary const& words) {
    std::optional<asker> best;
    std::size_t most = 0;
    std::size_t const rights =
        std::max<std::size_t>(words.actions().size() * words.categories().size(), 1);
    std::size_t const roles = std::min(words.roles().size(), most_looks / rights + 1);
    for (std::size_t i = 0; i < roles; ++i) {
        auto const& role = words.roles()[i];
        std::size_t allowed = 0;
        for (auto const& what : words.actions())
            for (auto const& on : words.categories())
                allowed += words.of().allows(role.reference, what.reference, on.reference);
        if (best && allowed <= most) continue;
        most = allowed;
        best = asker{std::string(role.name), {std::string(role.name)}, std::nullopt};
    }
    return best;
}

report run_suite(policy const& of, suite_options const& with) { return suite(of, with).run(); }

}  // namespace rolecall::inline v0_1::bench
