#include "journal/caller_records.hpp"

#include <atomic>
#include <initializer_list>

namespace rolecall::testing {
namespace {

std::string number(std::uint64_t value) { return std::to_string(value); }

}  // namespace

trail::policy_entry const& caller_policy() {
    static trail::policy_entry const policy{0,
                                            0,
                                            3,
                                            "d1ge5t",
                                            {"support", "billing"},
                                            {"account", "", "payment"},
                                            {"consent"},
                                            {"view", "store"}};
    return policy;
}

journal_record ring_record(std::uint64_t number, bool is_long) {
    journal_record made;
    made.event.time = static_cast<std::int64_t>(1'000'000 + number);
    std::string id = 'r' + std::to_string(number);
    if (is_long) id += '/' + std::string(1'400, 'x');
    if (number % 3 == 2) {
        made.note = journal_note::configured;
        made.details = {{"name", "number"}, {"value", id}};
        return made;
    }
    made.event.record = id;
    made.event.user = number % 3 == 0 ? "ann" : "bo";
    made.event.active_roles = {"support"};
    made.event.category = number % 2 == 0 ? "account" : "payment";
    made.event.action = number % 3 == 0 ? "view" : "unheard-of";
    made.event.decision = number % 3 == 0 ? decision::allow : decision::deny;
    made.event.reason = number % 3 == 0 ? reason::granted : reason::unknown_name;
    made.event.granting_role = number % 3 == 0 ? "support" : "";
    made.event.policy_version = 3;
    made.event.policy_digest = caller_policy().digest;
    return made;
}

std::uint64_t ring_number(std::string const& text) {
    std::size_t const at = text.find("#r");
    return at == std::string::npos ? 0 : std::stoull(text.substr(at + 2));
}

std::int64_t ticking() noexcept {
    static std::atomic<std::int64_t> now{1'700'000'000'000'000'000};
    return ++now;
}

std::string text_of(journal_record const& record) {
    audit_record const& e = record.event;
    std::string text(record.kind());
    text += ' ' + std::to_string(e.time);
    if (record.note == journal_note::event) {
        for (std::string const& part :
             {e.user, e.action, e.category, e.granting_role, e.policy_digest})
            text += ' ' + part;
        for (std::string const& role : e.active_roles) text += " +" + role;
        text += e.decision == decision::allow ? " allow " : " deny ";
        text += to_string(e.reason);
        text += " v" + std::to_string(e.policy_version) + " #" + e.record;
    }
    for (auto const& [name, value] : record.details) text += ' ' + name + "=#" + value;
    return text;
}

std::vector<std::string> compare(trail_found const& trail, acknowledged_trail const& told) {
    std::vector<std::string> wrong = trail.problems;
    std::uint64_t next = trail.records.empty() ? 1 : trail.records.front().sequence;
    if (next > told.droppable + 1)
        wrong.push_back("begins with record " + number(next) + ", and only those up to " +
                        number(told.droppable) + " were dropped");
    std::uint64_t ring = 0;
    for (journal_record const& r : trail.records) {
        if (r.sequence != next)
            wrong.push_back("record " + number(r.sequence) + " where " + number(next) +
                            " should be");
        std::string const text = text_of(r);
        if (next <= told.records.size() && told.records[next - 1] != text)
            wrong.push_back("record " + number(next) + " is `" + text + "` and not `" +
                            told.records[next - 1] + '`');
        ++next;
        std::uint64_t const line = ring_number(text);
        if (line == 0) continue;
        bool const follows = line == ring + 1 || (ring == 0 && told.droppable > 0);
        if (!follows) wrong.push_back("line " + number(line) + " after line " + number(ring));
        ring = line;
    }
    if (trail.records.empty() ? !told.records.empty() : next <= told.records.size())
        wrong.push_back("ends before record " + number(next) + ", and " +
                        number(told.records.size()) + " were acknowledged");
    return wrong;
}

}  // namespace rolecall::testing
