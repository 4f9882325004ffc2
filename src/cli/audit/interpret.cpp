#include "cli/audit/interpret.hpp"

#include "cli/audit/commands.hpp"
#include "import/log_times.hpp"
#include <rolecall/date.hpp>

#include <algorithm>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace rolecall::inline v0_1::cli {
namespace {

constexpr std::size_t most_shown = 1'000'000;

class audit_interpreter : option_reader {
public:
    explicit audit_interpreter(command_line const& line) : option_reader(line) {}

    [[nodiscard]] command_run command() const {
        std::string_view const name = line_.command->name;
        if (name == "audit verify") return bind(run_audit_verify, verify());
        if (name == "audit head") return bind(run_audit_head, head());
        if (name == "audit export") return bind(run_audit_export, export_());
        if (name == "audit import") return bind(run_audit_import, import());
        if (name == "audit show") return bind(run_audit_query, show());
        if (name == "audit query") return bind(run_audit_query, query());
        return bind(run_audit_index, index());
    }

private:
    [[nodiscard]] audit_verify_arguments verify() const {
        audit_verify_arguments result;
        result.journal = journal();
        refuse_more_words(1);
        result.keys = line_.values("--key");
        result.heads = line_.values("--heads");
        result.json = format({text_format, json_format}) == output_format::json;
        return result;
    }

    [[nodiscard]] audit_head_arguments head() const {
        audit_head_arguments result;
        result.journal = journal();
        refuse_more_words(1);
        result.key = line_.value("--sign");
        return result;
    }

    [[nodiscard]] audit_query_arguments shown() const {
        audit_query_arguments result;
        result.journal = journal();
        refuse_more_words(1);
        result.follow = line_.has("--follow");
        result.format = format({text_format, json_format, csv_format});
        result.reading = reading();
        return result;
    }

    [[nodiscard]] audit_query_arguments show() const {
        audit_query_arguments result = shown();
        result.last = number("--last", most_shown, 0);
        if (auto const writer = number("--writer", 0xFFFF'FFFF))
            result.writer = static_cast<std::uint32_t>(*writer);
        return result;
    }

    [[nodiscard]] audit_query_arguments query() const {
        audit_query_arguments result = shown();
        result.asked = asked();
        result.index = line_.value("--index");
        result.count = line_.has("--count");
        if (result.follow && (result.count || !result.index.empty()))
            fail("`--follow` goes neither with `--count` nor with `--index`");
        return result;
    }

    [[nodiscard]] audit_export_arguments export_() const {
        audit_export_arguments result;
        result.journal = journal();
        refuse_more_words(1);
        result.output = needed("--output");
        result.format = choose<export_format>("--format", {{"jsonl", export_format::jsonl},
                                                           {"csv", export_format::csv},
                                                           {"sqlite", export_format::sqlite}});
        result.asked = asked();
        result.reading = reading();
        return result;
    }

    [[nodiscard]] audit_import_arguments import() const {
        audit_import_arguments result;
        result.journal = journal();
        if (line_.words.size() < 2)
            fail_with_usage("which file is to be imported? - is standard input");
        result.file = line_.words[1];
        refuse_more_words(2);
        result.maps = line_.values("--map");
        result.sets = line_.values("--set");
        result.time_format = line_.value("--time-format");
        result.zone = line_.value("--zone");
        result.key = line_.value("--key");
        result.dry_run = line_.has("--dry-run");
        return result;
    }

    [[nodiscard]] audit_index_arguments index() const {
        audit_index_arguments result;
        result.journal = journal();
        refuse_more_words(1);
        result.output = needed("--output");
        result.reading = reading();
        return result;
    }

    // ---- Parts of them -------------------------------------------------------------------

    [[nodiscard]] std::string journal() const {
        if (line_.words.empty()) fail_with_usage("which journal? it is a folder");
        return line_.words.front();
    }

    [[nodiscard]] std::string needed(std::string_view option) const {
        if (!line_.has(option) || line_.value(option).empty())
            fail("where to? name a file with " + detail::in_backticks(option));
        return line_.value(option);
    }

    // What was asked of the trail, as far as it is worth keeping.
    [[nodiscard]] audit_reading reading() const {
        audit_reading result{line_.words.front(),
                             std::string(line_.command->name),
                             {},
                             line_.value("--sign"),
                             !line_.has("--no-record")};
        if (!result.record && !result.key.empty())
            fail("`--sign` is for recording who reads, and `--no-record` keeps that out");
        for (auto const& [name, values] : line_.options)
            for (std::string const& value : values)
                result.what += (result.what.empty() ? "" : " ") + std::string(name) +
                               (is_flag(name) ? "" : ' ' + value);
        constexpr std::size_t longest = 4'096;
        result.what.resize(std::min(result.what.size(), longest));
        return result;
    }

    [[nodiscard]] bool is_flag(std::string_view name) const {
        auto const& options = line_.command->options;
        return std::any_of(options.begin(), options.end(), [&](option_spec const& option) {
            return option.name == name && option.value.empty();
        });
    }

    [[nodiscard]] trail::question asked() const {
        trail::question result;
        result.users = line_.values("--user");
        result.categories = line_.values("--category");
        result.actions = line_.values("--action");
        result.reasons = line_.values("--reason");
        result.records = line_.values("--record");
        result.roles = line_.values("--role");
        result.kinds = line_.values("--kind");
        for (std::string const& word : result.reasons)
            check_word(
                "--reason", word, [](unsigned i) { return to_string(reason(i)); }, 10);
        check_kinds(result.kinds);
        if (line_.has("--decision"))
            result.decision = choose<decision>(
                "--decision", {{"allow", decision::allow}, {"deny", decision::deny}});
        result.from = time("--from", 0);
        result.to = time("--to", 1);
        if (result.from && result.to && *result.from >= *result.to)
            fail("`--from` is not before `--to`: there is nothing between them");
        return result;
    }

    template <class ToWord>
    void check_word(std::string_view option, std::string const& word, ToWord const& to_word,
                    unsigned count) const {
        std::string listed;
        for (unsigned i = 0; i < count; ++i) {
            if (to_word(i) == word) return;
            listed += (listed.empty() ? "" : ", ") + std::string(to_word(i));
        }
        fail(detail::in_backticks(option) + " can't be " + detail::in_backticks(word) +
             "; it takes " + listed);
    }

    void check_kinds(std::vector<std::string> const& kinds) const {
        constexpr unsigned events = 5, notes = 11;
        for (std::string const& word : kinds)
            check_word(
                "--kind", word,
                [](unsigned i) {
                    return i < events ? to_string(audit_kind(i))
                                      : to_string(journal_note(i - events + 1));
                },
                events + notes);
    }

    // A time, or a day, of which it takes the beginning or the end.
    [[nodiscard]] std::optional<std::int64_t> time(std::string_view option, int days_later) const {
        if (!line_.has(option)) return std::nullopt;
        std::string const text = line_.value(option);
        constexpr std::int64_t a_day = 86'400'000'000'000;
        auto const day = date::parse(text);
        if (day && text >= "1900" && text < "2262")
            return (std::int64_t{day->days()} + days_later) * a_day;
        csv::log_times times;
        std::string problem;
        static_cast<void>(csv::log_times::make("iso", "", times));
        auto const read = times.read(text, problem);
        if (!read)
            fail(detail::in_backticks(option) + ": " + detail::in_backticks(text) +
                 " is no time; write 2027-03-31, or 2027-03-31T14:00:00Z with a zone");
        return read;
    }
};

}  // namespace

command_run interpret_audit(command_line const& line) { return audit_interpreter(line).command(); }

}  // namespace rolecall::inline v0_1::cli
