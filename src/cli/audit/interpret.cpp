#include "cli/audit/interpret.hpp"

#include "cli/audit/commands.hpp"
#include "cli/audit/words.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

namespace rolecall::inline v0_1::cli {
namespace {

constexpr std::size_t most_shown = 1'000'000;

class audit_interpreter : audit_words {
public:
    explicit audit_interpreter(command_line const& line) : audit_words(line) {}

    [[nodiscard]] command_run command() const {
        std::string_view const name = line_.command->name;
        if (name == "audit verify") return bind(run_audit_verify, verify());
        if (name == "audit head") return bind(run_audit_head, head());
        if (name == "audit export") return bind(run_audit_export, export_());
        if (name == "audit import") return bind(run_audit_import, import());
        if (name == "audit show") return bind(run_audit_query, show());
        if (name == "audit query") return bind(run_audit_query, query());
        if (name == "audit stats") return bind(run_audit_stats, stats());
        if (name == "audit rotate") return bind(run_audit_rotate, rotate());
        if (name == "audit retain") return bind(run_audit_retain, retain());
        return bind(run_audit_index, index());
    }

private:
    [[nodiscard]] audit_verify_arguments verify() const {
        audit_verify_arguments result;
        result.journal = only_journal();
        result.keys = line_.values("--key");
        result.heads = line_.values("--heads");
        result.json = format({text_format, json_format}) == output_format::json;
        return result;
    }

    [[nodiscard]] audit_head_arguments head() const {
        audit_head_arguments result;
        result.journal = only_journal();
        result.key = line_.value("--sign");
        return result;
    }

    [[nodiscard]] audit_query_arguments shown() const {
        audit_query_arguments result;
        result.journal = only_journal();
        result.follow = line_.has("--follow");
        result.format = format({text_format, json_format, csv_format});
        result.reading = reading();
        return result;
    }

    [[nodiscard]] audit_query_arguments show() const {
        audit_query_arguments result = shown();
        result.last = number("--last", most_shown, 0);
        result.writer = writer();
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
        result.journal = only_journal();
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
        result.journal = only_journal();
        result.output = needed("--output");
        result.reading = reading();
        return result;
    }

    [[nodiscard]] audit_stats_arguments stats() const {
        audit_stats_arguments result;
        result.journal = only_journal();
        result.writer = writer();
        result.asked = asked_times();
        result.json = format({text_format, json_format}) == output_format::json;
        result.reading = reading();
        return result;
    }

    [[nodiscard]] audit_rotate_arguments rotate() const {
        audit_rotate_arguments result;
        result.journal = only_journal();
        result.writer = writer();
        result.key = line_.value("--sign");
        if (!result.key.empty() && result.writer == 0)
            fail(
                "`--sign` is for a writer that no process has: name it with `--writer`; a process "
                "reads its own key file");
        return result;
    }

    [[nodiscard]] audit_retain_arguments retain() const {
        audit_retain_arguments result;
        result.journal = only_journal();
        result.writer = writer();
        result.key = line_.value("--sign");
        result.before = old_before();
        result.dry_run = line_.has("--dry-run");
        return result;
    }
};

}  // namespace

command_run interpret_audit(command_line const& line) { return audit_interpreter(line).command(); }

}  // namespace rolecall::inline v0_1::cli
