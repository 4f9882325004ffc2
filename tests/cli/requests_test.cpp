// `rolecall check --requests`: a stream of questions, a stream of answers.
#include "support/program.hpp"
#include "support/shop.hpp"

#include <doctest/doctest.h>
#include <poll.h>

#include <algorithm>
#include <array>
#include <csignal>
#include <string>
#include <string_view>
#include <vector>

namespace {

using rolecall::testing::has;
using rolecall::testing::outcome;
using rolecall::testing::run;
using rolecall::testing::run_options;
using rolecall::testing::shop_folder;

constexpr std::string_view granted =
    R"({"decision":true,"context":{"reason":"granted","granting_role":"support"}})"
    "\n";

std::string denied(std::string const& reason) {
    return R"({"decision":false,"context":{"reason":")" + reason +
           R"(","granting_role":null}})"
           "\n";
}

std::string malformed(int line, std::string const& problem) {
    return R"({"decision":false,"context":{"reason":"malformed-request","granting_role":null,)"
           R"("message":"line )" +
           std::to_string(line) + ": " + problem + "\"}}\n";
}

std::string asking(std::string const& subject, std::string const& action = "view",
                   std::string const& category = "account", std::string const& facts = "{}") {
    return R"({"subject":)" + subject + R"(,"action":{"name":")" + action +
           R"("},"resource":{"type":")" + category + R"(","id":"1"},"context":{"facts":)" + facts +
           "}}\n";
}

std::string const support = R"({"type":"role","id":"support"})";
std::string const asks_support = asking(support);

outcome answers(shop_folder const& shop, std::string const& input,
                std::vector<std::string> words = {}) {
    words.insert(words.begin(), {"check", shop.policy(), "--requests", "-"});
    return run(words, {.input = input});
}

TEST_CASE("each request is answered in order, and denials do not change the exit code") {
    shop_folder const shop;
    outcome const done = answers(
        shop, asks_support + asking(support, "delete") + asking(support, "view", "payment") +
                  asking(support, "view", "payment", R"({"open-ticket":true})") +
                  asking(support, "view", "payment", R"({"open-ticket":false})") +
                  asking(support, "view", "payment", R"({"open-ticket":null})") +
                  asking(R"({"type":"role","id":"marketing"})", "view", "payment"));
    CHECK(done.code == 0);
    CHECK(done.err.empty());
    CHECK(done.out == std::string(granted) + denied("not-granted") + denied("undecided") +
                          std::string(granted) + denied("unmet") + denied("undecided") +
                          denied("forbidden"));
}

TEST_CASE("a request of a user names the roles to be active, or none, or leaves it at all") {
    shop_folder const shop;
    auto const user = [](std::string const& properties) {
        return asking(R"({"type":"user","id":"dana")" + properties + "}", "modify");
    };
    CHECK(answers(shop, user("")).out == granted);
    CHECK(answers(shop, user(R"(,"properties":{})")).out == granted);
    CHECK(answers(shop, user(R"(,"properties":{"roles":["support"]})")).out == granted);
    CHECK(answers(shop, user(R"(,"properties":{"roles":["marketing"]})")).out ==
          denied("not-granted"));
    CHECK(answers(shop, user(R"(,"properties":{"roles":[]})")).out == denied("not-granted"));
    CHECK(answers(shop, user(R"(,"properties":{"roles":["billing"]})")).out ==
          denied("not-assigned"));
}

TEST_CASE("the properties of a role are ignored") {
    shop_folder const shop;
    std::string const role = R"({"type":"role","id":"support","properties":{"roles":7}})";
    CHECK(answers(shop, asking(role)).out == granted);
}

TEST_CASE("a name that the policy does not declare is a denial, not a malformed request") {
    shop_folder const shop;
    outcome const done = answers(
        shop, asking(R"({"type":"role","id":"suport"})") + asking(support, "veiw") +
                  asking(support, "view", "acount") +
                  asking(support, "view", "account", R"({"opn":true})") +
                  asking(R"({"type":"user","id":"nobody"})") + asking(support, "") +
                  asking(R"({"type":"user","id":"dana","properties":{"roles":["suport"]}})"));
    CHECK(done.code == 0);
    std::string expected;
    for (int i = 0; i < 7; ++i) expected += denied("unknown-name");
    CHECK(done.out == expected);
}

TEST_CASE("the day is the decider's, never the request's") {
    shop_folder const shop;
    std::string request = asking(R"({"type":"user","id":"bo"})", "view", "payment");
    request.insert(request.find("\"facts\""),
                   R"("time":"2026-01-01T00:00:00Z","at":"2026-01-01",)");
    CHECK(answers(shop, request, {"--at", "2027-01-01"}).out == denied("expired"));
    CHECK(has(answers(shop, request, {"--at", "2026-12-31"}).out, R"("decision":true)"));
}

TEST_CASE("a malformed line is answered with a denial, the run goes on, and ends with 2") {
    shop_folder const shop;
    outcome const done = answers(shop, asks_support + "nonsense\n" + asks_support + "{}\n");
    CHECK(done.code == 2);
    CHECK(done.out == std::string(granted) +
                          malformed(2, "it is not JSON at column 1: syntax error") +
                          std::string(granted) + malformed(4, "`subject` is missing"));
    CHECK(done.err == "rolecall: 2 lines were no requests; the first is line 2\n");
}

TEST_CASE(
    "lines may end in CR LF, the last one in nothing, and blank ones are skipped but counted") {
    shop_folder const shop;
    std::string const line = asks_support.substr(0, asks_support.size() - 1);
    outcome const done = answers(shop, line + "\r\n\r\n \t\n\n" + line + "\r\n{\n" + line);
    CHECK(done.code == 2);
    CHECK(done.out == std::string(granted) + std::string(granted) +
                          malformed(6, "the JSON ends too early") + std::string(granted));
    CHECK(answers(shop, "").code == 0);
    CHECK(answers(shop, "").out.empty());
    CHECK(answers(shop, line + '\r').out == granted);
}

TEST_CASE("a line over 1 MiB is malformed, one of exactly 1 MiB is not, and what follows is read") {
    shop_folder const shop;
    std::size_t const most = std::size_t{1} << 20U;
    std::string const line = asks_support.substr(0, asks_support.size() - 1);
    std::string const longest = line + std::string(most - line.size(), ' ') + '\n';
    std::string const longer = line + std::string(most + 1 - line.size(), ' ') + '\n';
    std::string const endless(5 * most, 'x');
    outcome const done =
        answers(shop, longest + longer + asks_support + endless + '\n' + asks_support + endless);
    CHECK(done.code == 2);
    CHECK(done.out == std::string(granted) + malformed(2, "it is longer than 1 MiB") +
                          std::string(granted) + malformed(4, "it is longer than 1 MiB") +
                          std::string(granted) + malformed(6, "it is longer than 1 MiB"));
}

TEST_CASE("requests come from a file as well, and one that can't be read ends with 2") {
    shop_folder const shop;
    std::string const file = shop.write("questions.jsonl", asks_support);
    CHECK(run({"check", shop.policy(), "--requests", file}).out == granted);
    for (std::string const& path : {shop.path("missing"), shop.path()}) {
        outcome const failed = run({"check", shop.policy(), "--requests", path});
        CHECK(failed.code == 2);
        CHECK(failed.out.empty());
        CHECK(has(failed.err, "rolecall: can't read " + path + ": "));
    }
    outcome const closed = run({"check", shop.policy(), "--requests", "-"}, {.close_in = true});
    CHECK(closed.code == 2);
    CHECK(has(closed.err, "can't read standard input"));
}

TEST_CASE("with requests, the command line asks no question of its own") {
    shop_folder const shop;
    for (std::vector<std::string> const& more :
         std::vector<std::vector<std::string>>{{"support", "view", "account"},
                                               {"--role", "support"},
                                               {"--user", "dana"},
                                               {"--no-roles"},
                                               {"--fact", "consent=true"}}) {
        outcome const refused = answers(shop, asks_support, more);
        CHECK(refused.code == 2);
        CHECK(refused.out.empty());
        CHECK(has(refused.err, "too many"));
    }
}

TEST_CASE("an invalid policy answers no request") {
    shop_folder const shop;
    std::string const broken = shop.write("broken.yaml", "rolecall: 1\nroels: {}\n");
    outcome const refused = run({"check", broken, "--requests", "-"}, {.input = asks_support});
    CHECK(refused.code == 3);
    CHECK(refused.out.empty());
}

TEST_CASE("a hundred thousand requests are answered one by one") {
    shop_folder const shop;
    std::size_t const count = 100'000;
    std::string input;
    std::string expected;
    for (std::size_t i = 0; i < count; ++i) {
        bool const allowed = i % 3 != 0;
        input += allowed ? asks_support : asking(support, "delete");
        expected += allowed ? std::string(granted) : denied("not-granted");
    }
    outcome const done = answers(shop, input);
    CHECK(done.code == 0);
    CHECK(done.err.empty());
    CHECK(bool{done.out == expected});  // not shown: it is large
}

// A conversation with the program over pipes.
class conversation {
public:
    explicit conversation(std::vector<std::string> const& words) {
        std::array<int, 2> to{};
        std::array<int, 2> from{};
        if (::pipe(to.data()) != 0 || ::pipe(from.data()) != 0) std::abort();
        child_ = ::fork();
        if (child_ == 0) {
            ::dup2(to[0], STDIN_FILENO);
            ::dup2(from[1], STDOUT_FILENO);
            for (int const end : {to[0], to[1], from[0], from[1]}) ::close(end);
            rolecall::testing::detail::become_program(words, {});
        }
        ::close(to[0]);
        ::close(from[1]);
        to_ = to[1];
        from_ = from[0];
    }
    conversation(conversation const&) = delete;
    conversation& operator=(conversation const&) = delete;
    ~conversation() {
        hang_up();
        stop_listening();
        if (child_ > 0) ::waitpid(child_, nullptr, 0);
    }

    void say(std::string_view text) const {
        while (!text.empty()) {
            ssize_t const written = ::write(to_, text.data(), text.size());
            if (written <= 0) return;
            text.remove_prefix(static_cast<std::size_t>(written));
        }
    }

    // What comes within a generous time, up to the end of a line.
    [[nodiscard]] std::string hear() const {
        std::string heard;
        pollfd waited{from_, POLLIN, 0};
        while (heard.empty() || heard.back() != '\n') {
            char c = 0;
            if (::poll(&waited, 1, 30'000) <= 0 || ::read(from_, &c, 1) != 1) break;
            heard += c;
        }
        return heard;
    }

    void hang_up() { close(to_); }
    void stop_listening() { close(from_); }

    int end() {
        hang_up();
        int const code = rolecall::testing::detail::exit_code_of(child_);
        child_ = 0;
        return code;
    }

private:
    static void close(int& descriptor) {
        if (descriptor >= 0) ::close(descriptor);
        descriptor = -1;
    }

    pid_t child_ = 0;
    int to_ = -1;
    int from_ = -1;
};

TEST_CASE("an answer comes as soon as its request is there, while the input is still open") {
    shop_folder const shop;
    conversation talk({"check", shop.policy(), "--requests", "-"});
    for (int i = 0; i < 3; ++i) {
        talk.say(asks_support);
        CHECK(talk.hear() == granted);
    }
    std::string const half = asks_support.substr(0, 20);
    talk.say(asks_support + half);
    CHECK(talk.hear() == granted);
    talk.say(asks_support.substr(20));
    CHECK(talk.hear() == granted);
    CHECK(talk.end() == 0);
}

TEST_CASE("a reader that goes away ends the run with 2") {
    std::signal(SIGPIPE, SIG_IGN);
    shop_folder const shop;
    conversation talk({"check", shop.policy(), "--requests", "-"});
    talk.say(asks_support);
    CHECK(talk.hear() == granted);
    talk.stop_listening();
    talk.say(asks_support);
    CHECK(talk.end() == 2);
    std::signal(SIGPIPE, SIG_DFL);
}

}  // namespace
