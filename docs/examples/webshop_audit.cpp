// A trail of decisions: kept as JSON lines, read back, and what happens where it can't be kept.
//
//     webshop_audit          shows itself, by the rules of policies/webshop
//     webshop_audit FILE     reports on a trail that some application has written
#include <rolecall/format.hpp>
#include <rolecall/json_lines.hpp>
#include <rolecall/recent_records.hpp>
#include <rolecall/rolecall.hpp>
#include <rolecall/sinks.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <exception>
#include <filesystem>
#include <fstream>
#include <map>
#include <stdexcept>
#include <string>
#include <string_view>
#include <system_error>
#include <utility>
#include <vector>

namespace rc = rolecall;
namespace fs = std::filesystem;

namespace {

// One day in the shop. Facts are what the shop's own programs have looked up.
struct question {
    std::string_view user;
    std::vector<std::string_view> as;  // none: all roles that the policy assigns
    std::string_view action, category, record;
    std::vector<std::pair<std::string_view, rc::fact_value>> facts;
};

std::vector<question> const questions{
    {"omar", {}, "view", "account", "c-88", {{"open-ticket", true}}},
    {"omar", {}, "view", "payment", "o-7", {{"open-ticket", true}}},
    {"omar", {}, "modify", "account", "c-88", {{"open-ticket", true}}},
    {"wim", {}, "view", "payment.history", "o-7", {}},
    {"wim", {}, "view", "payment.card", "o-7", {{"masked", true}}},
    {"nadia", {"refunds"}, "modify", "payment", "o-7", {}},
    {"nadia", {"refunds", "support"}, "modify", "payment", "o-7", {}},
    {"paywell", {}, "store", "payment.card", "o-9", {{"encrypted", true}}},
    {"paywell", {}, "view", "payment.card", "o-9", {{"masked", true}}},
    {"paywell", {}, "view", "payment.card", "o-9", {{"masked", false}}},
    {"paywell", {}, "store", "payment.card.code", "o-9", {{"encrypted", true}}},
    {"kit@brightfox.example", {}, "publish", "review.photo", "r-3", {}},
    {"kit@brightfox.example", {}, "publish", "review.photo", "r-3", {{"consent", false}}},
    {"kit@brightfox.example", {}, "publish", "review.photo", "r-4", {{"consent", true}}},
    {"c-88", {"customer"}, "delete", "review.photo", "r-4", {{"own-data", true}}},
    {"tess@brightfox.example", {}, "view", "payment", "o-7", {{"open-ticket", true}}},
    {"dock@northgate.example", {}, "view", "account.address", "o-7", {{"open-order", true}}},
    {"dock@northgate.example", {}, "view", "account.address", "o-2", {{"open-order", false}}},
    {"mo@freelance.example", {}, "view", "order", "o-7", {{"open-ticket", true}}},
    {"zoe", {}, "view", "statistics", "", {}},
};

// A day on which the contracts of most partners run, so that this prints the same every year.
// An application leaves `on` and `today` out, and means the day that it is.
rc::date const day = rc::date::parse("2027-03-01").value();

rc::response decide(rc::authorizer const& pdp, question const& asked) {
    return pdp.decide({.subject = asked.as.empty() ? rc::subject::user(asked.user)
                                                   : rc::subject::user(asked.user, asked.as),
                       .action = asked.action,
                       .category = asked.category,
                       .facts = asked.facts,
                       .on = day,
                       .record = asked.record});
}

std::string text(rc::audit_record const& of) {
    return fmt::format("{} {} {} of {}", of.user, of.action, of.category, of.record);
}

// A trail holds words of whoever asked, and a terminal obeys control characters.
void print_line(std::string line) {
    auto const is_control = [](unsigned char c) { return c < 0x20 || c == 0x7F; };
    std::replace_if(line.begin(), line.end(), is_control, '?');
    fmt::print("  {}\n", line);
}

// Reads a trail from its beginning. False where it is not whole.
bool report(std::string const& path) {
    rc::json_lines_reader lines{path, {.after = 0}};  // no record comes before the first
    std::uint64_t count = 0;
    bool whole = true;
    std::vector<std::string> payment;
    std::map<std::string_view, int> denials;
    std::map<std::string, int> policies;
    while (auto const line = lines.next()) {
        if (line->what != rc::json_line::kind::good) {
            whole = false;
            print_line(fmt::format("line {}: {}", line->number, line->problem));
        }
        if (!line->record) continue;
        rc::audit_record const& record = *line->record;
        ++count;
        if (record.kind != rc::audit_kind::decision) continue;
        ++policies[fmt::format("{} {:.12}", record.policy_version, record.policy_digest)];
        bool const allowed = record.decision == rc::decision::allow;
        if (!allowed) ++denials[rc::to_string(record.reason)];
        bool const is_payment =
            record.category == "payment" || record.category.starts_with("payment.");
        if (allowed && is_payment) payment.push_back(text(record) + " as " + record.granting_role);
    }
    print_line(fmt::format("{} records, {}", count, whole ? "none missing" : "not whole"));
    for (auto const& [policy, times] : policies)
        print_line(fmt::format("{} decided by policy {}", times, policy));
    for (auto const& [reason, times] : denials)
        print_line(fmt::format("{} denied, {}", times, reason));
    for (std::string const& line : payment) print_line(line);
    return whole;
}

// ---- The rest is for showing it ------------------------------------------------------------

struct temporary_directory {
    fs::path path;
    temporary_directory() {
        std::string name = fs::temp_directory_path() / "webshop-XXXXXX";
        if (::mkdtemp(name.data()) == nullptr) throw std::runtime_error("no temporary directory");
        path = name;
    }
    temporary_directory(temporary_directory const&) = delete;
    temporary_directory& operator=(temporary_directory const&) = delete;
    ~temporary_directory() {
        std::error_code ignored;
        fs::remove_all(path, ignored);
    }
};

int show() {
    auto loaded = rc::yaml::load("policies/webshop", {.today = day});
    for (rc::diagnostic const& finding : loaded.findings()) fmt::print(stderr, "{}\n", finding);
    if (!loaded) return 3;
    rc::policy const shop = std::move(loaded).value();
    temporary_directory const folder;
    std::string const path = folder.path / "decisions.jsonl";

    {
        rc::json_lines_sink trail{path};
        if (!trail) throw std::runtime_error(trail.problem());
        // Everything goes to the trail. What somebody tries against a guardrail is also told to
        // the privacy officer.
        rc::recent_records alarms{100};
        auto const is_forbidden = [](rc::audit_event const& event) {
            return event.answer().reason == rc::reason::forbidden;
        };
        rc::authorizer pdp{shop, rc::several(trail, rc::filtered(is_forbidden, alarms))};
        for (question const& asked : questions) decide(pdp, asked);
        fmt::print("The privacy officer hears of\n");
        for (rc::audit_record const& record : alarms.records()) print_line(text(record));
    }

    fmt::print("The trail\n");
    report(path);

    fmt::print("After somebody took out a line\n");
    std::ifstream in(path);
    std::ofstream out(folder.path / "less.jsonl");
    int number = 0;
    for (std::string line; std::getline(in, line);)
        if (++number != 6) out << line << '\n';
    out.close();
    if (!in.eof() || !out) throw std::runtime_error("the trail can't be copied");
    rc::json_lines_reader less{folder.path / "less.jsonl"};
    while (auto const line = less.next())
        if (!line->problem.empty())
            print_line(fmt::format("line {}: {}", line->number, line->problem));

    // What can't be recorded isn't allowed. Where one of several sinks fails, that is enough.
    fmt::print("Without a trail\n");
    rc::json_lines_sink full{"/dev/full"};
    print_line(full.problem());
    rc::recent_records last{100};
    rc::authorizer pdp{shop, rc::several(last, full)};
    fmt::print("  omar view account: {}\n", decide(pdp, questions.front()));
    for (rc::audit_record const& record : last.records())
        fmt::print("  the other sink heard: {} ({})\n", rc::to_string(record.decision),
                   rc::to_string(record.reason));
    return 0;
}

}  // namespace

int main(int argc, char** argv) {
    try {
        return argc > 1 ? (report(argv[1]) ? 0 : 1) : show();
    } catch (std::exception const& problem) {
        fmt::print(stderr, "webshop_audit: {}\n", problem.what());
        return 1;
    }
}
