// A practice with exercises, for the tests of their page and of their record.
#ifndef ROLECALL_TESTS_SUPPORT_PRACTICE_HPP
#define ROLECALL_TESTS_SUPPORT_PRACTICE_HPP

#include "support/program.hpp"
#include "support/temporary_directory.hpp"

#include <cstddef>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

namespace rolecall::testing {

inline constexpr char const* practice_text = R"(rolecall: 1
policy:
  name: Files of the practice
  owner: Ana <ana@practice.example>
  exercise-every: 6 months
facts:
  asked: The customer asked
categories:
  account: {about: Names, level: confidential, laws: [GDPR]}
  payment: {about: Bank details, level: restricted, laws: [PCI DSS]}
  payment.card: {about: Card numbers, laws: [HIPAA]}
  attic: Old things
roles:
  desk: {may: {account: [view, modify], payment: {view: {if: asked}}, attic: view}}
  cash: {may: {payment: all, payment.card: view, attic: view}}
users:
  ann: [desk]
  bob: [cash, desk]
)";

inline constexpr char const* exercises_text = R"(rolecall: 1
exercises:
  stolen-laptop:
    title: The laptop is gone
    about: Bob's laptop was stolen on the train
    note: Who is called first?
    as: {user: bob}
    given: {compromised: yes, date: 2025-06-01}
    exactly: {account: [view, modify], payment: all, payment.card: view, attic: view}
  on-the-phone:
    about: A customer calls
    as: desk
    can: {account: view}
    cannot: {payment: {view: undecided}, payment.card: any}
)";

/// An exercise that fails at 6:.
inline constexpr char const* failing_text = R"(rolecall: 1
exercises:
  night-call:
    as: desk
    given: {facts: {asked: yes}}
    cannot: {payment: view}
)";

/// Two exercises pass. Its policy wants them every 6 months.
class practice : public temporary_directory {
public:
    std::string const policy = make_directory("practice");
    std::string const records = path("practice/.rolecall-exercises.yaml");

    practice() {
        write("practice/policy.yaml", practice_text);
        write("practice/exercises.yaml", exercises_text);
    }

    [[nodiscard]] outcome report(std::vector<std::string> rest) const {
        rest.insert(rest.begin(), {"exercise-report", policy});
        return run(rest);
    }
    [[nodiscard]] outcome record(std::string const& on, std::vector<std::string> rest = {}) const {
        rest.insert(rest.end(), {"--who", "Ann Reed", "--record", "--at", on});
        return report(rest);
    }
    [[nodiscard]] std::string text() const {
        std::ifstream file(records, std::ios::binary);
        return {std::istreambuf_iterator<char>(file), {}};
    }
    [[nodiscard]] std::size_t files() const {
        return static_cast<std::size_t>(std::distance(std::filesystem::directory_iterator(policy),
                                                      std::filesystem::directory_iterator()));
    }
};

/// As `rolecall digest` prints it.
inline std::string digest_of(std::string const& policy) {
    std::string text = run({"digest", policy}).out;
    text.pop_back();
    return text;
}

}  // namespace rolecall::testing

#endif
