// The library beside the reference model, on random policies and random questions.

#include "trial.hpp"

#include <doctest/doctest.h>

#include <map>

using namespace model;

namespace {

struct contender {
    std::string who;
    std::string source;  // the text it was made from
    std::unique_ptr<engine> made;
};

// One policy in every way in which an engine can come by it.
std::vector<contender> contenders(trial& one) {
    std::vector<contender> found;
    found.push_back({"the engine built in code", to_yaml(one.rules), one.built()});
    auto const files = to_yaml_files(one.rules, one.random);
    if (auto loaded = one.loaded(files)) {
        auto const written = loaded->rewrite();
        found.push_back({"the engine that read the files", text(files), std::move(loaded)});
        found.push_back(
            {"the engine that read them rewritten", text(written), one.loaded(written)});
    }
    return found;
}

}  // namespace

TEST_CASE("the library answers as the reference model does") {
    std::size_t const per_policy = 50;
    std::map<std::string, std::size_t> reasons;
    with_random_policies(100000 / per_policy, [&](trial& one) {
        auto const asked_all = contenders(one);
        for (std::size_t left = per_policy; left > 0; --left) {
            auto const asked = one.ask();
            auto const wanted = decide(one.rules, asked);
            ++reasons[wanted.reason];
            auto const compare = [&](answer const& got, std::string const& by,
                                     std::string const& from) {
                if (got != wanted) {
                    one.fail(text(asked) + "\n" + by + " says " + text(got) + ", expected " +
                                 text(wanted),
                             from);
                }
            };
            for (auto const& [who, source, made] : asked_all) {
                compare(made->decide(asked), who, source);
                compare(made->decide_by_reference(asked), who + ", by references,", source);
            }
        }
    });

    // The questions are worth asking only as long as they reach every reason.
    if (wanted_questions() >= 100000) {
        for (auto const* reason :
             {"granted", "unknown-name", "expired", "not-assigned", "separation", "forbidden",
              "not-granted", "undecided", "unmet"}) {
            CAPTURE(reason);
            CHECK(reasons[reason] > wanted_questions() / 100);
        }
    }
}

TEST_CASE("random policies are valid, and the same seed gives the same policy and questions") {
    with_random_policies(300, [](trial& one) {
        auto const found = problems(one.rules);
        if (!found.empty()) {
            one.fail(found.front(), to_yaml(one.rules));
        }
        trial again(one.seed);
        CHECK(to_yaml(one.rules) == to_yaml(again.rules));
        CHECK(text(to_yaml_files(one.rules, one.random)) ==
              text(to_yaml_files(again.rules, again.random)));
        CHECK(text(one.ask()) == text(again.ask()));
    });
}
