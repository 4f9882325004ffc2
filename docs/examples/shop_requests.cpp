// A request loop: threads answer the order desk of the corner shop, while its policy changes.
//
//     shop_requests                         shows itself, on a copy of policies/shop
//     shop_requests policies/shop <lines    answers lines such as `dana view payment c-17`
#include <rolecall/format.hpp>
#include <rolecall/recent_records.hpp>
#include <rolecall/rolecall.hpp>

#include <fmt/format.h>

#include <array>
#include <cstddef>
#include <cstdio>
#include <cstdlib>
#include <exception>
#include <filesystem>
#include <fstream>
#include <functional>
#include <iostream>
#include <iterator>
#include <map>
#include <mutex>
#include <optional>
#include <sstream>
#include <stdexcept>
#include <string>
#include <string_view>
#include <thread>
#include <utility>
#include <vector>

namespace rc = rolecall;
namespace fs = std::filesystem;

namespace {

// What the shop knows of its customers: here a table, elsewhere a database.
struct customer {
    std::string_view id;
    std::string_view ticket_of;  // the employee who has their open ticket
    bool consent;
    bool legal_hold;
};
constexpr std::array customers{customer{"c-17", "dana", true, false},
                               customer{"c-18", "", false, true}};

// Answers requests on several threads at once, and prints the answers in order.
class order_desk {
public:
    explicit order_desk(rc::authorizer& pdp)
        : pdp_(pdp),
          open_ticket_(pdp.fact("open-ticket").value()),
          consent_(pdp.fact("consent").value()),
          legal_hold_(pdp.fact("legal-hold").value()) {}

    // Returns when every line is answered.
    void serve(std::string const& lines) {
        std::istringstream in(lines);
        serve(in);
    }
    void serve(std::istream& lines) {
        std::vector<std::jthread> threads;
        for (session_table& sessions : sessions_)
            threads.emplace_back([this, &lines, &sessions] { work(lines, sessions); });
    }

private:
    using session_table = std::map<std::string, rc::live_session, std::less<>>;

    void work(std::istream& lines, session_table& sessions) {
        for (std::string line; auto const number = next(lines, line);) {
            std::string answer;
            try {
                answer = answer_to(line, sessions);
            } catch (std::exception const& problem) {
                // Whatever went wrong, the answer is no, and the desk goes on.
                answer = fmt::format("deny, {}", problem.what());
            }
            print(*number, fmt::format("{}: {}", line, answer));
        }
    }

    std::string answer_to(std::string const& line, session_table& sessions) {
        std::istringstream words(line);
        std::string user;  // of somebody who has signed in: who it is was found out before
        std::string action;
        std::string category;
        std::string id;
        words >> user >> action >> category >> id;  // what is missing stays empty

        rc::live_session const* const who = session_of(user, sessions);
        auto const what = pdp_.action(action);
        auto const on = pdp_.category(category);
        if (who == nullptr || !what || !on) {
            // A name that nobody knows is a question like any other: denied, and recorded.
            rc::request const asked{.subject = rc::subject::user(user),
                                    .action = action,
                                    .category = category,
                                    .record = id};
            rc::response const answer = pdp_.decide(asked);
            return text(answer, rc::explain(pdp_.current(), asked).for_staff);
        }

        rc::context const with{.record = id, .facts = facts_about(id, user)};
        rc::response const answer = pdp_.decide(*who, *what, *on, with);
        if (answer) return text(answer, "");  // only now may the data be touched
        // Explained by the policy that decided, even if another one decides by now.
        return text(answer, pdp_.explain(*who, *what, *on, answer, with).for_staff);
    }

    // Facts come from what the shop knows, and never from whoever asks. Of a customer whom it
    // does not know it states nothing, and what is unknown opens nothing.
    rc::facts facts_about(std::string_view id, std::string_view employee) const {
        for (customer const& c : customers)
            if (c.id == id)
                return {{open_ticket_, c.ticket_of == employee},
                        {consent_, c.consent},
                        {legal_hold_, c.legal_hold}};
        return {};
    }

    // Nothing for a user whom the policy does not list.
    rc::live_session const* session_of(std::string const& user, session_table& sessions) const {
        auto found = sessions.find(user);
        if (found == sessions.end()) {
            rc::live_activation opened = pdp_.session(user);
            if (!opened) return nullptr;
            found = sessions.emplace(user, std::move(opened).value()).first;
        } else if (found->second.stale()) {
            // `decide` asks the newest policy anyway, but settles the roles again each time.
            // Should the user have none any more, it denies and says why.
            found->second.refresh();
        }
        return &found->second;
    }

    static std::string text(rc::response const& answer, std::string_view sentence) {
        return fmt::format("{}, policy {}{}{}", answer, answer.policy_version,
                           sentence.empty() ? "" : ". ", sentence);
    }

    std::optional<std::size_t> next(std::istream& lines, std::string& line) {
        std::lock_guard const hold(reading_);
        if (!std::getline(lines, line)) return std::nullopt;
        return ++read_;
    }

    void print(std::size_t number, std::string answer) {
        std::lock_guard const hold(printing_);
        waiting_[number] = std::move(answer);
        while (!waiting_.empty() && waiting_.begin()->first == printed_ + 1) {
            fmt::print("{:2} {}\n", ++printed_, waiting_.begin()->second);
            waiting_.erase(waiting_.begin());
        }
    }

    rc::authorizer& pdp_;
    rc::fact_ref open_ticket_, consent_, legal_hold_;  // references outlive a reload
    std::array<session_table, 4> sessions_;  // one for each thread, which may thus refresh them
    std::mutex reading_, printing_;
    std::size_t read_ = 0, printed_ = 0;
    std::map<std::size_t, std::string> waiting_;
};

// One error means no policy. Warnings, such as a review that is due, are for those who keep the
// policy: `rolecall validate` shows them.
std::optional<rc::policy> load(std::string const& path) {
    auto loaded = rc::yaml::load(path);
    if (loaded) return std::move(loaded).value();
    for (rc::diagnostic const& finding : loaded.findings()) fmt::print(stderr, "{}\n", finding);
    return std::nullopt;
}

int serve(std::string const& path) {
    auto const shop = load(path);
    if (!shop) return 3;
    rc::recent_records last{1000};  // for a look; webshop_audit.cpp keeps a trail
    rc::authorizer pdp{*shop, last};
    rc::policy_watcher const watcher{pdp, path, [](rc::watch_status const& now) {
                                         if (now.refused) fmt::print(stderr, "{}\n", now.problem);
                                     }};
    order_desk(pdp).serve(std::cin);
    return std::cin.bad() ? 2 : 0;
}

// ---- The rest is for showing it ------------------------------------------------------------

struct temporary_directory {
    fs::path path;
    temporary_directory() {
        std::string name = fs::temp_directory_path() / "shop-XXXXXX";
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

// Writes the new file aside and renames it into place, so that nobody ever reads half of it.
// A name that begins with a dot is no part of a policy.
void edit(fs::path const& file, std::string_view from, std::string_view to) {
    std::ifstream in(file);
    std::string all{std::istreambuf_iterator<char>(in), {}};
    std::size_t const at = all.find(from);
    if (at == std::string::npos) throw std::runtime_error("not found in " + file.string());
    fs::path const aside = file.parent_path() / ".new";
    std::ofstream out(aside);
    out << all.replace(at, from.size(), to);
    out.close();
    if (!out) throw std::runtime_error("can't write " + aside.string());
    fs::rename(aside, file);
}

int show() {
    temporary_directory const copy;
    fs::copy("policies/shop", copy.path, fs::copy_options::recursive);
    fs::path const support = copy.path / "roles/support.yaml";
    auto const shop = load(copy.path);
    if (!shop) return 3;

    rc::recent_records last{1000};
    rc::authorizer pdp{*shop, last};
    // Here it looks when it is told to. A desk that runs for months lets it have its thread.
    rc::policy_watcher watcher{pdp, copy.path, {.start_thread = false}};
    auto const look = [&](std::string_view why) {
        rc::watch_outcome const came_to = watcher.check_now();
        fmt::print("{}: {}, policy {}\n", why, rc::to_string(came_to), pdp.version());
    };
    order_desk desk(pdp);
    desk.serve(
        "dana view account c-17\n"
        "dana modify account c-17\n"
        "dana view payment c-17\n"
        "dana view payment c-18\n"
        "dana view payment c-99\n"
        "mia view payment.history c-17\n"
        "bo view payment.card c-17\n"
        "bo delete account c-18\n"
        "carl view account c-17\n"
        "dana veiw account c-17\n");

    // A screen asks which buttons to show. That is no access, and so nothing is recorded.
    auto const account = pdp.category("account").value();
    rc::live_session screen = pdp.session("dana").value();
    auto const buttons = [&](std::string_view when) {
        fmt::print("buttons {}:{}{}\n", when, screen.allows(rc::view, account) ? " view" : "",
                   screen.allows(rc::modify, account) ? " modify" : "");
    };
    buttons("in the morning");

    edit(support, "account: [view, modify]", "account: view");
    look("support may not change accounts any more");
    buttons("before the session is refreshed");  // it is out of date, and so opens nothing
    if (screen.refresh() == rc::reason::granted) buttons("after");
    desk.serve("dana view account c-17\ndana modify account c-17\n");

    edit(support, "account: view", "account: veiw");
    look("somebody slips");
    for (rc::diagnostic const& finding : watcher.status().findings)
        fmt::print("{}:{}: {}\n", fs::path(finding.where.path).filename().string(),
                   finding.where.line, finding.text);
    desk.serve("dana view account c-17\n");

    // The sink has heard of all of it.
    std::map<std::string_view, int> told;
    for (rc::audit_record const& record : last.records()) ++told[rc::to_string(record.kind)];
    for (auto const& [kind, count] : told) fmt::print("recorded: {} {}\n", count, kind);
    return 0;
}

}  // namespace

int main(int argc, char** argv) {
    try {
        return argc > 1 ? serve(argv[1]) : show();
    } catch (std::exception const& problem) {
        fmt::print(stderr, "shop_requests: {}\n", problem.what());
        return 1;
    }
}
