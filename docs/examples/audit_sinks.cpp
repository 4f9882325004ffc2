// A sink of one's own beside a file of lines, and what a decision comes to when it fails.
#include <rolecall/format.hpp>
#include <rolecall/json_lines.hpp>
#include <rolecall/rolecall.hpp>
#include <rolecall/sinks.hpp>

#include <fmt/format.h>

#include <cstddef>
#include <cstdlib>
#include <filesystem>
#include <mutex>
#include <string>
#include <utility>
#include <vector>

namespace rc = rolecall;

namespace {

// Keeps decisions in a database. Several threads tell it at the same time, and each waits for
// its answer: `yes` once the record is safe, and not before.
class database_sink {
public:
    rc::recorded operator()(rc::audit_event const& event) noexcept {
        try {
            // Views in the event live until this returns; a record is a copy to keep.
            rc::audit_record row(event, 0, 0);
            std::lock_guard const hold(lock_);
            if (!connected_) return rc::recorded::no;
            rows_.push_back(std::move(row));
            return rc::recorded::yes;
        } catch (...) {
            return rc::recorded::no;  // such as no memory
        }
    }

    // Stands for what your database does by itself.
    void disconnect() {
        std::lock_guard const hold(lock_);
        connected_ = false;
    }
    std::size_t rows() {
        std::lock_guard const hold(lock_);
        return rows_.size();
    }

private:
    std::mutex lock_;
    bool connected_ = true;
    std::vector<rc::audit_record> rows_;
};

int run(std::string const& file) {
    rc::json_lines_sink trail{file};
    if (!trail) {
        fmt::print("{}\n", trail.problem());
        return 1;
    }
    database_sink database;

    // The privacy officer hears of what guardrails stopped. Filter copies, never the trail.
    int stopped = 0;
    auto const page = [&](rc::audit_event const&) noexcept {
        ++stopped;
        return rc::recorded::yes;
    };
    auto const is_forbidden = [](rc::audit_event const& event) noexcept {
        return event.kind() == rc::audit_kind::decision &&
               event.answer().reason == rc::reason::forbidden;
    };

    // Lvalues are referred to, and must outlive the authorizer.
    rc::authorizer pdp{rc::yaml::load("policies/shop").value(),
                       rc::several(trail, database, rc::filtered(is_forbidden, page))};
    auto const account = pdp.category("account").value();
    auto const payment = pdp.category("payment").value();
    rc::live_session const dana = pdp.session("dana").value();
    rc::live_session const mia = pdp.session("mia").value();

    fmt::print("dana: {}\n", pdp.decide(dana, rc::view, account, {.record = "c-17"}));
    fmt::print("mia: {}\n", pdp.decide(mia, rc::view, payment, {.record = "c-17"}));
    database.disconnect();
    fmt::print("dana, no database: {}\n", pdp.decide(dana, rc::view, account, {.record = "c-18"}));
    fmt::print("{} in the database, {} lines, {} told to the officer\n", database.rows(),
               trail.last_sequence(), stopped);
    return 0;
}

}  // namespace

int main() {
    std::string folder = std::filesystem::temp_directory_path() / "audit-XXXXXX";
    if (::mkdtemp(folder.data()) == nullptr) return 1;
    int const result = run(folder + "/decisions.jsonl");
    std::filesystem::remove_all(folder);
    return result;
}
