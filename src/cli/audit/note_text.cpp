#include "cli/audit/note_text.hpp"

#include "audit/json_text.hpp"
#include "cli/streams.hpp"
#include <rolecall/detail/text.hpp>

#include <charconv>
#include <initializer_list>
#include <optional>
#include <string_view>
#include <utility>
#include <vector>

namespace rolecall::inline v0_1::cli {
namespace {

template <class Number>
std::optional<Number> number_in(std::string_view text) {
    Number number = 0;
    auto const [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
    return number;
}

// The details of a note, and which of them nothing was said of yet.
class note_details {
public:
    explicit note_details(journal_record const& of) : left_(of.details) {}

    /// The first of that name, which is then said; empty where there is none.
    std::string take(std::string_view name) {
        for (auto at = left_.begin(); at != left_.end(); ++at) {
            if (at->first != name) continue;
            std::string value = std::move(at->second);
            left_.erase(at);
            return value;
        }
        return {};
    }

    /// A time that is none is shown as it is.
    std::string take_time(std::string_view name) {
        std::string text = take(name);
        auto const time = number_in<std::int64_t>(text);
        return time ? short_time(*time) : text;
    }

    /// `1,234`
    std::string take_number(std::string_view name) {
        std::string text = take(name);
        auto const number = number_in<std::size_t>(text);
        return number ? with_commas(*number) : text;
    }

    void leave_out(std::initializer_list<std::string_view> names) {
        for (std::string_view const name : names) take(name);
    }

    [[nodiscard]] std::vector<std::pair<std::string, std::string>> const& left() const noexcept {
        return left_;
    }

private:
    std::vector<std::pair<std::string, std::string>> left_;
};

// `, on till-3`; nothing where nothing is said.
std::string after(std::string_view words, std::string const& value) {
    return value.empty() ? std::string() : std::string(words) + value;
}

std::string counted(std::string const& number, std::string_view one) {
    return (number.empty() ? "some" : number) + ' ' + std::string(one) + (number == "1" ? "" : "s");
}

std::string_view was(std::string const& number) { return number == "1" ? " was " : " were "; }

std::string started(note_details& of) {
    std::string const program = of.take("program"), origin = of.take("origin");
    std::string text = origin.empty()    ? program
                       : program.empty() ? origin
                                         : origin + " (" + program + ')';
    text += after(", pid ", of.take("pid")) + after(" on ", of.take("host")) +
            after(", rolecall ", of.take("version"));
    std::string const key = of.take("key");
    of.leave_out({"run"});
    return text + (key.empty() ? ", no key" : ", key " + key);
}

std::string stopped(note_details& of) {
    std::string const records = of.take_number("records");
    of.leave_out({"run"});
    return records.empty() ? "" : "after " + counted(records, "record");
}

// What became of what is missing.
std::string fate(std::string const& lost, std::string const& allowed) {
    if (lost == "1") return allowed == "1" ? ", but allowed" : ", and not allowed";
    return (allowed == "0" ? ", none" : ", " + allowed) + " of them allowed";
}

std::string gap(note_details& of) {
    std::string const lost = of.take_number("lost"), allowed = of.take_number("allowed");
    std::string text = counted(lost, "event") + std::string(was(lost)) + "not recorded";
    if (!allowed.empty()) text += fate(lost, allowed);
    return text + after(": ", of.take("why")) + after(", from ", of.take_time("first")) +
           after(" to ", of.take_time("last"));
}

std::string recovered(note_details& of) {
    std::string const records = of.take_number("records"), given_up = of.take_number("given-up"),
                      torn = of.take_number("torn-lines");
    std::string text = "a process had ended without a word, " + counted(records, "record") +
                       std::string(was(records)) + "saved from its rings";
    if (!given_up.empty() && given_up != "0")
        text += ", " + counted(given_up, "byte") + " at the end given up";
    if (!torn.empty()) text += ", " + counted(torn, "torn line") + " lost";
    of.leave_out({"run"});
    return text + after(": ", of.take("why"));
}

std::string clock_changed(note_details& of) {
    std::string const from = of.take("from"), to = of.take("to");
    auto const before = number_in<std::int64_t>(from), now = number_in<std::int64_t>(to);
    if (!before || !now) return "from " + from + " to " + to;
    return (*now < *before ? "back, from " : "forward, from ") + short_time(*before) + " to " +
           short_time(*now);
}

// Whether the signature holds is for `verify` to say.
std::string key_changed(note_details& of) {
    std::string text = "from " + of.take("from") + " to " + of.take("to");
    text += of.take("signature").empty() ? ", without a signature of the old key"
                                         : ", with a signature of the old key";
    of.leave_out({"public"});
    return text;
}

std::string read(note_details& of) {
    std::string text = "by " + of.take("by");
    return text + after(": ", of.take("how")) + after(" ", of.take("what"));
}

std::string retained(note_details& of) {
    std::string text = "segments up to " + of.take_number("through");
    text += after(", with the records up to ", of.take_number("sequence")) + ", were dropped";
    of.leave_out({"hash"});
    return text + after(": older than ", of.take_time("before"));
}

std::string imported(note_details& of) {
    std::string text = counted(of.take_number("records"), "record");
    return text + after(" of ", of.take("from")) + after(", SHA-256 ", of.take("sha256"));
}

std::string configured(note_details& of) {
    std::string text = of.take("name");
    return text + after(" is ", of.take("value"));
}

std::string failed(note_details& of) {
    std::string text = "segment " + of.take_number("segment");
    return text + " could not be written, and a new one was begun" + after(": ", of.take("why"));
}

std::string words_of(journal_note note, note_details& of) {
    using enum journal_note;
    switch (note) {
        case started: return cli::started(of);
        case stopped: return cli::stopped(of);
        case gap: return cli::gap(of);
        case recovered: return cli::recovered(of);
        case clock_changed: return cli::clock_changed(of);
        case key_changed: return cli::key_changed(of);
        case read: return cli::read(of);
        case retained: return cli::retained(of);
        case imported: return cli::imported(of);
        case configured: return cli::configured(of);
        case failed: return cli::failed(of);
        case event: break;
    }
    return {};
}

// A note of a later version, or one that says more than this knows, hides nothing.
std::string note_words(journal_record const& record) {
    note_details of(record);
    std::string text = of.left().empty() ? std::string() : words_of(record.note, of);
    for (auto const& [name, value] : of.left())
        text.append(text.empty() ? "" : ", ").append(name).append(": ").append(value);
    return text;
}

std::string event_words(audit_record const& event) {
    std::string policy = "version " + std::to_string(event.policy_version) +
                         after(", digest ", event.policy_digest) +
                         after(", before it ", event.previous_digest);
    std::string const refused = after("; refused digest ", event.refused_digest);
    switch (event.kind) {
        case audit_kind::policy_refused:
            return event.problem + refused + ", " + policy + " goes on";
        case audit_kind::roles_unknown:
            return (event.user.empty() ? std::string() : event.user + ": ") +
                   names_text(event.unknown_roles) +
                   after("; taken: ", names_text(event.active_roles));
        default: return policy;
    }
}

}  // namespace

std::string short_time(std::int64_t time) {
    std::string text;
    audit::append_time(text, time);
    text.replace(text.find('.') + 4, std::string::npos, "Z");
    return text;
}

std::string names_text(std::vector<std::string> const& names) {
    std::string text;
    for (std::string const& name : names) text += (text.empty() ? "" : ", ") + name;
    return text;
}

std::string note_text(journal_record const& record) {
    return detail::printable(record.note == journal_note::event ? event_words(record.event)
                                                                : note_words(record));
}

}  // namespace rolecall::inline v0_1::cli
