// A sink that tests look into: it keeps every event as a record, and answers as it was told to.
#ifndef ROLECALL_TESTS_SUPPORT_RECORDING_SINK_HPP
#define ROLECALL_TESTS_SUPPORT_RECORDING_SINK_HPP

#include <rolecall/audit.hpp>

#include <cstddef>
#include <utility>
#include <vector>

namespace rolecall::testing {

/// For one thread.
struct recording_sink {
    std::vector<audit_record> records{};
    std::vector<recorded> answers{};  ///< one after the other; then yes for ever

    recorded operator()(audit_event const& event) {
        std::size_t const number = records.size();
        records.emplace_back(event, number + 1, 0);
        return number < answers.size() ? answers[number] : recorded::yes;
    }

    /// What it was told since it was asked last.
    [[nodiscard]] std::vector<audit_record> taken() { return std::exchange(records, {}); }
};

}  // namespace rolecall::testing

#endif
