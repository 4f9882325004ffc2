// A race of measures and their floors, whose outcome goes into a report.
#ifndef ROLECALL_BENCH_CONTEST_HPP
#define ROLECALL_BENCH_CONTEST_HPP

#include "bench/measure.hpp"
#include "bench/report.hpp"

#include <cstddef>
#include <functional>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace rolecall::inline v0_1::bench {

class contest {
public:
    using id = std::size_t;

    explicit contest(std::string group) : group_(std::move(group)) {}

    /// Takes part, to be held against.
    template <class Pass>
    id floor(std::string name, std::size_t per_pass, Pass pass) {
        race_.add(std::move(name), per_pass, std::move(pass));
        return count_++;
    }

    /// Takes part, and stands in the report beside these.
    template <class Pass>
    id measure(std::string name, std::size_t per_pass, Pass pass, std::vector<id> floors = {}) {
        race_.add(std::move(name), per_pass, std::move(pass));
        rows_.push_back({count_, std::move(floors)});
        return count_++;
    }

    /// The same; see race::add_prepared.
    template <class Pass>
    id measure_prepared(std::string name, std::size_t per_pass, std::function<void()> prepare,
                        Pass pass, std::vector<id> floors = {}) {
        race_.add_prepared(std::move(name), per_pass, std::move(prepare), std::move(pass));
        rows_.push_back({count_, std::move(floors)});
        return count_++;
    }

    void run(race_options const& with, report& to) {
        if (rows_.empty()) return;
        std::vector<timing> const times = race_.run(with);
        for (row const& one : rows_) {
            timing const& of = times[one.which];
            bench::measure result{group_, of.name, of.each(), of.nanoseconds.size(), {}};
            for (id const other : one.floors)
                result.floors.push_back(
                    {times[other].name, times[other].each(), ratio(of, times[other])});
            to.measures.push_back(std::move(result));
        }
    }

    [[nodiscard]] std::string const& group() const noexcept { return group_; }

private:
    struct row {
        id which;
        std::vector<id> floors;
    };

    std::string group_;
    race race_;
    std::vector<row> rows_;
    std::size_t count_ = 0;
};

}  // namespace rolecall::inline v0_1::bench

#endif
