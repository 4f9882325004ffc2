// The records of a medical practice over HTTP: a session for each login, and a decision before
// each touch. GET, PUT and DELETE of /patients/{id}/{category}, by the rules of policies/clinic.
//
//     clinic_http              shows itself: a server, a client, and what they say
//     clinic_http --port N     serves until Ctrl-C; port 0 is any that is free
#include "http_server.hpp"
#include <rolecall/format.hpp>
#include <rolecall/json_lines.hpp>
#include <rolecall/recent_records.hpp>
#include <rolecall/rolecall.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cstddef>
#include <cstdio>
#include <exception>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <system_error>
#include <thread>
#include <utility>
#include <vector>

namespace rc = rolecall;

namespace {

// ---- Who asks ------------------------------------------------------------------------------

struct login {
    std::string token, user;
    std::vector<std::string> roles;  // none: all that the policy assigns to this user
};

// A STAND-IN FOR AUTHENTICATION. A real service takes its logins from an identity provider, with
// tokens that can't be guessed and that end. What matters here: who somebody is, and as what
// they act, was found out when they logged in. Nothing in a request can claim it.
login const* authenticated(http_request const& request) {
    static std::vector<login> const logins{
        {"ines-at-work", "ines", {}},
        {"gwen-at-work", "gwen", {}},
        {"priya-at-work", "priya", {}},
        {"marta-at-work", "marta", {"billing"}},        // has two roles, and chose one
        {"1042-on-the-portal", "p-1042", {"patient"}},  // the portal vouches for the role
    };
    std::string_view token = request[http::field::authorization];
    constexpr std::string_view scheme = "Bearer ";
    if (!token.starts_with(scheme)) return nullptr;
    token.remove_prefix(scheme.size());
    auto const found = std::find_if(logins.begin(), logins.end(),
                                    [&](login const& known) { return known.token == token; });
    return found == logins.end() ? nullptr : &*found;
}

// ---- What the practice knows: here in memory, elsewhere in a database ------------------------

struct place {
    std::string patient, category;
    friend auto operator<=>(place const&, place const&) = default;
};

struct entry {
    std::string text;
    bool is_signed = false;
};

struct practice {
    std::set<std::pair<std::string, std::string>> treats{{"ines", "p-1042"}, {"ines", "p-2001"}};
    std::set<std::pair<std::string, std::string>> acts_for{{"p-1042", "p-1042"},
                                                           {"ines", "p-2001"}};  // her daughter
    std::set<std::string> retention_over{"p-0007", "p-0008"}, legal_hold{"p-0008"};
    std::map<place, entry> entries{
        {{"p-0007", "health.results"}, {"Blood group 0"}},
        {{"p-0008", "health.results"}, {"Blood group A"}},
        {{"p-1042", "health.notes"}, {"Sprained ankle, rest for two weeks"}},
        {{"p-1042", "health.results"}, {"Potassium 4.1 mmol/l"}},
        {{"p-1077", "health.notes"}, {"Asthma, well controlled", true}},
        {{"p-2001", "health.notes"}, {"Measles vaccination"}},
    };
};

// ---- The service -----------------------------------------------------------------------------

http_response reply(http::status status, std::string text = {}) {
    http_response made(status, 11);
    made.set(http::field::cache_control, "no-store");
    if (!text.empty()) made.set(http::field::content_type, "text/plain; charset=utf-8");
    made.body() = std::move(text);
    return made;
}

// `/patients/p-1042/health.notes`, and nothing that is spelt another way: no escapes, no empty
// parts, no query.
std::optional<place> parse(std::string_view target) {
    constexpr std::string_view lead = "/patients/";
    constexpr std::string_view letters = "abcdefghijklmnopqrstuvwxyz0123456789-.";
    if (!target.starts_with(lead)) return std::nullopt;
    target.remove_prefix(lead.size());
    std::size_t const slash = std::min(target.find('/'), target.size());
    std::string const patient(target.substr(0, slash));
    std::string const category(target.substr(std::min(slash + 1, target.size())));
    if (patient.empty() || category.empty()) return std::nullopt;
    if ((patient + category).find_first_not_of(letters) != std::string::npos) return std::nullopt;
    return place{patient, category};
}

class clinic {
public:
    template <rc::audit_sink Sink>
    clinic(rc::policy const& rules, Sink& trail) : pdp(rules, trail) {}

    rc::authorizer pdp;

    http_response handle(http_request const& request) {
        login const* const who = authenticated(request);
        if (who == nullptr) {
            http_response made = reply(http::status::unauthorized, "Log in first.");
            made.set(http::field::www_authenticate, "Bearer");
            return made;
        }
        auto const at = parse(request.target());
        if (!at) return reply(http::status::not_found, "There is no such page.");
        switch (request.method()) {
            case http::verb::get: return get(*who, *at);
            case http::verb::put: return put(*who, *at, request.body());
            case http::verb::delete_: return erase(*who, *at);
            default: break;
        }
        http_response made = reply(http::status::method_not_allowed, "GET, PUT or DELETE.");
        made.set(http::field::allow, "GET, PUT, DELETE");
        return made;
    }

private:
    // Only who may view a record hears that there is none.
    http_response get(login const& who, place const& at) {
        if (auto refused = refusal(who, rc::view, at)) return *std::move(refused);
        std::lock_guard const hold(lock_);
        auto const found = data_.entries.find(at);
        if (found == data_.entries.end())
            return reply(http::status::not_found, "There is nothing here.");
        return reply(http::status::ok, found->second.text);
    }

    // It stores something new or modifies something old. To ask for one or the other, after a
    // look at what is there, would tell which; so it takes both rights.
    http_response put(login const& who, place const& at, std::string const& text) {
        for (rc::action const what : {rc::store, rc::modify})
            if (auto refused = refusal(who, what, at)) return *std::move(refused);
        std::lock_guard const hold(lock_);
        data_.entries[at] = {text, false};
        return reply(http::status::no_content);
    }

    http_response erase(login const& who, place const& at) {
        if (auto refused = refusal(who, rc::delete_, at)) return *std::move(refused);
        std::lock_guard const hold(lock_);
        data_.entries.erase(at);
        return reply(http::status::no_content);  // whether it was there or not
    }

    // Guards every handler. Nothing: it is allowed, and recorded. Otherwise the response.
    std::optional<http_response> refusal(login const& who, rc::action what, place const& at) {
        auto const session = session_of(who);
        auto const category = pdp.category(at.category);
        if (session == nullptr || !category) return refusal_by_names(who, what, at);
        rc::context const with{.record = at.patient, .facts = facts_about(who, at)};
        rc::response const answer = pdp.decide(*session, what, *category, with);
        if (answer) return std::nullopt;
        // The sentence may depend on the record: on whether a note is signed. Who may not view
        // it learns nothing from that.
        if (what != rc::view && !session->allows(rc::view, *category, with.facts))
            return denial(answer, "This is not allowed to you.");
        return denial(answer, pdp.explain(*session, what, *category, answer, with).for_staff);
    }

    // For who can have no session, such as a guest whose time is over, and for a category that
    // the policy does not know: denied, and recorded like everything else.
    std::optional<http_response> refusal_by_names(login const& who, rc::action what,
                                                  place const& at) {
        rc::policy const now = pdp.current();
        std::vector<std::string_view> const roles(who.roles.begin(), who.roles.end());
        rc::request const question{.subject = roles.empty() ? rc::subject::user(who.user)
                                                            : rc::subject::user(who.user, roles),
                                   .action = now.name(what),
                                   .category = at.category,
                                   .record = at.patient};
        rc::response const answer = pdp.decide(question);
        if (answer) return std::nullopt;
        return denial(answer, rc::explain(now, question).for_staff);
    }

    // The sentence is the one for whoever asked. The one for the policy's owner names rules,
    // facts and roles, and stays inside.
    static http_response denial(rc::response const& answer, std::string sentence) {
        bool const failed = answer.reason == rc::reason::unavailable;  // it was not recorded
        return reply(failed ? http::status::internal_server_error : http::status::forbidden,
                     std::move(sentence));
    }

    // The session of a login, for all of its requests at once. When it is out of date it is
    // replaced and not refreshed: another thread may be asking it at this moment.
    std::shared_ptr<rc::live_session const> session_of(login const& who) {
        std::lock_guard const hold(lock_);
        auto& kept = sessions_[who.token];
        if (kept == nullptr || kept->stale()) {
            rc::live_activation made =
                who.roles.empty() ? pdp.session(who.user) : pdp.session(who.user, who.roles);
            kept = nullptr;
            if (made) kept = std::make_shared<rc::live_session const>(std::move(made).value());
        }
        return kept;
    }

    // Facts are looked up, and never read from a request. What this service can't know, such as
    // a patient's consent, is left out: unknown, it opens nothing.
    rc::facts facts_about(login const& who, place const& at) {
        std::lock_guard const hold(lock_);
        auto const found = data_.entries.find(at);
        return {{own_record_, data_.acts_for.contains({who.user, at.patient})},
                {treating_, data_.treats.contains({who.user, at.patient})},
                {signed_, found != data_.entries.end() && found->second.is_signed},
                {retention_over_, data_.retention_over.contains(at.patient)},
                {legal_hold_, data_.legal_hold.contains(at.patient)}};
    }

    rc::fact_ref const own_record_ = pdp.fact("own-record").value();
    rc::fact_ref const treating_ = pdp.fact("treating").value();
    rc::fact_ref const signed_ = pdp.fact("signed").value();
    rc::fact_ref const retention_over_ = pdp.fact("retention-over").value();
    rc::fact_ref const legal_hold_ = pdp.fact("legal-hold").value();
    std::mutex lock_;  // of what follows
    practice data_;
    std::map<std::string, std::shared_ptr<rc::live_session const>> sessions_;  // by token
};

// One error means no policy. Warnings, such as a review that is due, are for those who keep the
// policy: `rolecall validate` shows them.
std::optional<rc::policy> load(std::string const& path) {
    auto loaded = rc::yaml::load(path);
    if (loaded) return std::move(loaded).value();
    for (rc::diagnostic const& finding : loaded.findings()) fmt::print(stderr, "{}\n", finding);
    return std::nullopt;
}

int serve(unsigned short port) {
    auto const rules = load("policies/clinic");
    if (!rules) return 3;
    rc::json_lines_sink trail{"clinic-decisions.jsonl"};
    if (!trail) {
        fmt::print(stderr, "clinic_http: {}\n", trail.problem());
        return 2;
    }
    clinic service(*rules, trail);
    // Takes over what changes in the files, and ends at midnight what ends that day.
    auto const tell = [](rc::watch_status const& now) {
        if (now.refused) fmt::print(stderr, "clinic_http: {}\n", now.problem);
    };
    rc::policy_watcher const watcher{service.pdp, "policies/clinic", tell};
    http_server server(port, [&](http_request const& request) { return service.handle(request); });
    fmt::print("http://127.0.0.1:{}\n", server.port());
    std::fflush(stdout);
    server.run();
    return 0;
}

// ---- The rest is for showing it ------------------------------------------------------------

struct step {
    std::string token;
    http::verb method;
    std::string target, body;
};

std::vector<step> const steps{
    {"", http::verb::get, "/patients/p-1042/health.notes", ""},
    {"ines-at-work", http::verb::get, "/patients/p-1042/health.notes", ""},
    {"ines-at-work", http::verb::get, "/patients/p-1042/health.prescriptions", ""},
    {"ines-at-work", http::verb::get, "/patients/p-1077/health.notes", ""},
    {"ines-at-work", http::verb::get, "/patients/p-1078/health.notes", ""},
    {"ines-at-work", http::verb::get, "/patients/p-2001/health.notes", ""},
    {"ines-at-work", http::verb::put, "/patients/p-1042/health.notes", "Can walk again"},
    {"ines-at-work", http::verb::get, "/patients/p-1042/health.notes", ""},
    {"ines-at-work", http::verb::get, "/patients/p-1042/../p-1077/health.notes", ""},
    {"gwen-at-work", http::verb::get, "/patients/p-1042/health.notes", ""},
    {"1042-on-the-portal", http::verb::get, "/patients/p-1042/health.results", ""},
    {"1042-on-the-portal", http::verb::get, "/patients/p-1042/health.psychotherapy", ""},
    {"priya-at-work", http::verb::delete_, "/patients/p-0007/health.results", ""},
    {"priya-at-work", http::verb::delete_, "/patients/p-0008/health.results", ""},
};

void ask(beast::tcp_stream& stream, step const& of) {
    http_request request(of.method, of.target, 11);
    request.set(http::field::host, "localhost");
    if (!of.token.empty()) request.set(http::field::authorization, "Bearer " + of.token);
    request.set("X-Roles", "doctor, records");  // a claim, to which nobody listens
    request.body() = of.body;
    request.prepare_payload();
    http::write(stream, request);

    beast::flat_buffer buffer;
    http_response response;
    http::read(stream, buffer, response);
    fmt::print("{} {} as {}\n", std::string(http::to_string(of.method)), of.target,
               of.token.empty() ? "nobody" : of.token);
    fmt::print("    {} {}{}{}\n", response.result_int(), std::string(response.reason()),
               response.body().empty() ? "" : ": ", response.body());
}

int show() {
    auto const rules = load("policies/clinic");
    if (!rules) return 3;
    rc::recent_records last{1000};
    clinic service(*rules, last);
    http_server server(0, [&](http_request const& request) { return service.handle(request); });
    std::jthread const serving([&] { server.run(); });
    int code = 0;
    try {
        net::io_context io;
        beast::tcp_stream stream(io);
        stream.connect({net::ip::address_v4::loopback(), server.port()});
        for (step const& one : steps) ask(stream, one);
    } catch (std::exception const& problem) {
        fmt::print(stderr, "the client: {}\n", problem.what());
        code = 1;
    }
    server.stop();
    // A record for each question, whatever the answer.
    std::map<std::string_view, int> told;
    for (rc::audit_record const& record : last.records()) ++told[rc::to_string(record.reason)];
    for (auto const& [reason, count] : told) fmt::print("recorded: {} {}\n", count, reason);
    return code;
}

}  // namespace

int main(int argc, char** argv) {
    try {
        if (argc == 1) return show();
        std::string_view const text = argc == 3 ? argv[2] : "";
        unsigned short port = 0;
        auto const read = std::from_chars(text.data(), text.data() + text.size(), port);
        if (argc == 3 && std::string_view(argv[1]) == "--port" && read.ec == std::errc{} &&
            read.ptr == text.data() + text.size())
            return serve(port);
        fmt::print(stderr, "usage: clinic_http [--port N]\n");
        return 2;
    } catch (std::exception const& problem) {
        fmt::print(stderr, "clinic_http: {}\n", problem.what());
        return 1;
    }
}
