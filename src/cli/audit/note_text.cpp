#include "cli/audit/note_text.hpp"

#include "audit/json_text.hpp"

#include <charconv>
#include <cstdint>
#include <string_view>
#include <utility>

namespace rolecall::inline v0_1::cli {
namespace {

// The details of a note, by name; notes down that one was not there.
class details_of {
public:
    explicit details_of(journal_record const& note) : note_(note) {}

    std::string text(std::string_view name) {
        for (auto const& [key, value] : note_.details)
            if (key == name) return value;
        whole_ = false;
        return {};
    }
    std::string text_if_any(std::string_view name) const {
        for (auto const& [key, value] : note_.details)
            if (key == name) return value;
        return {};
    }
    std::string time(std::string_view name) {
        std::string const digits = text(name);
        std::int64_t value = 0;
        char const* const end = digits.data() + digits.size();
        auto const read = std::from_chars(digits.data(), end, value);
        if (read.ec != std::errc{} || read.ptr != end) whole_ = false;
        std::string shown;
        audit::append_time(shown, value);
        return shown;
    }
    // `1 record`, `2 records`.
    std::string count(std::string_view name, std::string_view what) {
        std::string const digits = text(name);
        return digits + ' ' + std::string(what) + (digits == "1" ? "" : "s");
    }
    [[nodiscard]] bool whole() const noexcept { return whole_; }

private:
    journal_record const& note_;
    bool whole_ = true;
};

std::string of_start(details_of& is) {
    std::string const origin = is.text("origin");
    std::string line = origin.empty() ? is.text("program") : origin;
    line += ", process " + is.text("pid") + " on " + is.text("host");
    if (std::string const key = is.text("key"); !key.empty()) line += ", signs with " + key;
    return line;
}

std::string of_gap(details_of& is) {
    std::string line = is.count("lost", "event") + " not recorded";
    if (std::string const allowed = is.text("allowed"); allowed != "0")
        line += ", " + allowed + " of them allowed";
    return line + ", from " + is.time("first") + " to " + is.time("last") + ": " + is.text("why");
}

std::string of_recovery(details_of& is) {
    std::string line = "a process did not stop; " + is.count("records", "record") + " saved";
    if (std::string const bytes = is.text("given-up"); bytes != "0")
        line += ", " + bytes + " bytes at the end given up";
    if (std::string const torn = is.text_if_any("torn-lines"); !torn.empty())
        line += ", " + torn + " lines torn: " + is.text_if_any("why");
    return line;
}

std::string of_key_change(details_of& is) {
    std::string line = "from " + is.text("from") + " to " + is.text("to");
    if (is.text("signature").empty()) line += ", which the old key did not sign";
    return line;
}

std::string of_import(details_of& is) {
    return is.count("records", "record") + " from " + is.text("from") + ", SHA-256 " +
           is.text("sha256");
}

std::string of_retention(details_of& is) {
    return "segments through " + is.text("through") + " dropped, with records through " +
           is.text("sequence") + ", all before " + is.time("before");
}

std::string of_reading(details_of& is) {
    std::string line = is.text("by") + " by " + is.text("how");
    if (std::string const what = is.text("what"); !what.empty()) line += ' ' + what;
    return line;
}

std::string text_of(journal_note what, details_of& is) {
    switch (what) {
        case journal_note::started: return of_start(is);
        case journal_note::stopped: return is.count("records", "record") + " in this run";
        case journal_note::gap: return of_gap(is);
        case journal_note::recovered: return of_recovery(is);
        case journal_note::clock_changed: return "from " + is.time("from") + " to " + is.time("to");
        case journal_note::key_changed: return of_key_change(is);
        case journal_note::read: return of_reading(is);
        case journal_note::retained: return of_retention(is);
        case journal_note::imported: return of_import(is);
        case journal_note::configured: return is.text("name") + " = " + is.text("value");
        case journal_note::failed:
            return "in segment " + is.text("segment") + ": " + is.text("why");
        default: return is.text("nothing that is known");
    }
}

}  // namespace

std::optional<std::string> note_text(journal_record const& note) {
    details_of is(note);
    std::string line = text_of(note.note, is);
    return is.whole() ? std::optional(std::move(line)) : std::nullopt;
}

}  // namespace rolecall::inline v0_1::cli
