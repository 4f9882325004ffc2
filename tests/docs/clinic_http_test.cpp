// The example clinic_http, met by the network as it is.
#include "docs/http_peer.hpp"
#include <rolecall/json_lines.hpp>

#include <doctest/doctest.h>

#include <atomic>
#include <chrono>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <memory>
#include <random>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

using namespace rolecall;
using namespace rolecall::testing;
using namespace std::string_view_literals;

namespace {

constexpr std::string_view notes = "/patients/p-1042/health.notes";
constexpr std::string_view secrets[] = {"Blood", "Sprained", "Potassium", "Asthma", "Measles"};
constexpr std::string_view logins[] = {
    "", "ines-at-work", "gwen-at-work", "priya-at-work", "marta-at-work", "1042-on-the-portal"};

// Every response is a refusal, and no record stands in it.
void check_refused(std::string const& responses) {
    INFO(responses);
    for (int const status : statuses(responses)) CHECK((status >= 400 && status < 500));
    for (std::string_view const secret : secrets)
        CHECK(responses.find(secret) == std::string::npos);
}

int status_of(clinic_server const& server, std::string const& request) {
    std::vector<int> const codes = statuses(responses_to(server, request));
    return codes.size() == 1 ? codes.front() : 0;
}

// Whatever came before, it serves, ends when it is told to, and leaves a whole trail.
void check_healthy(clinic_server& server) {
    CHECK(status_of(server, request_text("GET", notes, "ines-at-work")) == 200);
    CHECK(server.stop() == 0);
    json_lines_reader lines{server.folder.path("clinic-decisions.jsonl"), {.after = 0}};
    std::size_t count = 0;
    while (auto const line = lines.next()) {
        CHECK_MESSAGE(line->what == json_line::kind::good, line->problem);
        ++count;
    }
    CHECK(count > 0);
}

// Replaces a word in a policy file, in one step.
void edit(clinic_server const& server, std::string_view from, std::string_view to,
          std::string const& name = "roles/care.yaml") {
    std::string const file = server.folder.path("policies/clinic/" + name);
    std::ifstream in(file);
    std::string text{std::istreambuf_iterator<char>(in), {}};
    std::size_t const at = text.find(from);
    REQUIRE(at != std::string::npos);
    std::string const aside =
        server.folder.write("policies/clinic/roles/.new", text.replace(at, from.size(), to));
    std::filesystem::rename(aside, file);
}

template <class Condition>
bool comes_true(Condition const& condition) {
    for (int tenths = 0; tenths < 200; ++tenths) {
        if (condition()) return true;
        std::this_thread::sleep_for(std::chrono::milliseconds(100));
    }
    return false;
}

}  // namespace

TEST_CASE("the clinic's server refuses what is no HTTP") {
    clinic_server server;
    std::vector<std::string> garbage{
        "\r\n\r\n",
        "\n",
        "GET",
        "GET \r\n\r\n",
        "GET / HTTP/9.9\r\n\r\n",
        "GET /patients/p-1042/health.notes\r\n\r\n",
        "GET / HTTP/1.1\r\nno colon\r\n\r\n",
        "GET / HTTP/1.1\r\nContent-Length: -1\r\n\r\n",
        "GET / HTTP/1.1\r\nContent-Length: 99999999999999999999\r\n\r\n",
        "GET / HTTP/1.1\r\nContent-Length: 3\r\nContent-Length: 4\r\n\r\nabcd",
        "PUT / HTTP/1.1\r\nTransfer-Encoding: chunked\r\nContent-Length: 4\r\n\r\n0\r\n\r\n",
        "PUT / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\nFFFFFFFFFFFFFFFFF\r\n",
        "PUT / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
        "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
        "\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03",
        std::string("GET /\0 HTTP/1.1\r\n\r\n"sv),
        std::string("GET / HTTP/1.1\r\nA: \0\r\n\r\n"sv),
        std::string(200'000, '\0'),
        std::string(200'000, 'A')};
    std::mt19937 random(7);
    for (std::size_t length = 1; length < 5000; length = length * 3 + 1) {
        garbage.emplace_back();
        while (garbage.back().size() < length) garbage.back() += static_cast<char>(random() % 256);
    }
    std::string const good = request_text("GET", notes, "ines-at-work");
    for (std::size_t cut = 1; cut < good.size(); cut += 7) garbage.push_back(good.substr(0, cut));
    for (std::string const& bytes : garbage) check_refused(responses_to(server, bytes));
    check_healthy(server);
}

TEST_CASE("the clinic's server takes no header, no body and no connection without measure") {
    clinic_server server;
    std::string const header = "A: " + std::string(9000, 'a') + "\r\n";
    CHECK(status_of(server, request_text("GET", notes, "ines-at-work", header)) == 431);
    std::string many;
    for (int i = 0; i < 2000; ++i) many += "A: a\r\n";
    CHECK(status_of(server, request_text("GET", notes, "ines-at-work", many)) == 431);

    std::string const long_body(100'000, 'b');
    std::string const put =
        request_text("PUT", notes, "ines-at-work", "Content-Length: 100000\r\n");
    CHECK(status_of(server, put + long_body) == 413);
    std::string const chunked =
        request_text("PUT", notes, "ines-at-work", "Transfer-Encoding: chunked\r\n");
    CHECK(status_of(server, chunked + "186A0\r\n" + long_body + "\r\n0\r\n\r\n") == 413);

    {
        std::vector<std::unique_ptr<peer>> crowd;
        for (int i = 0; i < 400; ++i) crowd.push_back(std::make_unique<peer>(server));
        auto const begin = std::chrono::steady_clock::now();
        CHECK(crowd.back()->receive().empty());
        CHECK(std::chrono::steady_clock::now() - begin < std::chrono::seconds(4));
    }
    CHECK(comes_true(
        [&] { return status_of(server, request_text("GET", notes, "ines-at-work")) == 200; }));
    check_healthy(server);
}

TEST_CASE("the clinic's server answers requests that come in one go, in their order") {
    clinic_server server;
    std::string all;
    std::vector<int> expected;
    for (int i = 0; i < 50; ++i) {
        std::string const lead = "GET ";
        std::string const tail = " HTTP/1.1\r\nAuthorization: Bearer ines-at-work\r\n\r\n";
        all += lead + std::string(notes) + tail;
        all += lead + "/patients/p-1077/health.notes" + tail;
        all += lead + "/nothing" + tail;
        expected.insert(expected.end(), {200, 403, 404});
    }
    all += request_text("HEAD", notes, "ines-at-work");
    expected.push_back(405);
    std::string const responses = responses_to(server, all);
    CHECK(statuses(responses) == expected);
    CHECK(responses.ends_with("\r\n\r\n"));  // no body after HEAD
    check_healthy(server);
}

TEST_CASE("no path leads around the clinic's rules") {
    clinic_server server;
    std::vector<std::string> targets{"*",
                                     "/",
                                     "/patients",
                                     "/patients/",
                                     "/patients//",
                                     "/patients/../",
                                     "/patients//health.notes",
                                     "/patients/p-1042",
                                     "/patients/p-1042/",
                                     "/patients/p-1042/..",
                                     "/patients/./health.notes",
                                     "/patients/../health.notes",
                                     "/patients/p-1042/../p-1077/health.notes",
                                     "/patients/p-1042/health.notes/",
                                     "/patients/p-1042/health.notes/..",
                                     "/patients/p-1042/health.notes?",
                                     "/patients/p-1042/health.notes?role=doctor",
                                     "/patients/p-1042/health.notes#",
                                     "/patients/p-1042/health.notes;a=b",
                                     "/patients/p-1042/health..notes",
                                     "/patients/p-1042/health.notes.",
                                     "/patients/p-1042/HEALTH.NOTES",
                                     "/patients/P-1042/health.notes",
                                     "/patients/p-1042/health%2Enotes",
                                     "/patients/p-1042%2Fhealth.notes",
                                     "/patients/p-1042%00/health.notes",
                                     "/patients/%70-1042/health.notes",
                                     "/patients/p-1042/health.notes%00",
                                     "/patients%2Fp-1042%2Fhealth.notes",
                                     "//patients/p-1042/health.notes",
                                     "\\patients\\p-1042\\health.notes",
                                     "/patients\\p-1042\\health.notes",
                                     "/./patients/p-1042/health.notes",
                                     "http://localhost/patients/p-1042/health.notes",
                                     "/patients/p-1042/" + std::string(5000, 'a'),
                                     "/patients/" + std::string(5000, 'a') + "/health.notes",
                                     "/patients/p-1042/h\xC3\xA9"
                                     "alth.notes"};
    for (std::string_view const token : logins)
        for (std::string_view const method : {"GET", "PUT", "DELETE"})
            for (std::string const& target : targets) {
                std::string const answer =
                    responses_to(server, request_text(method, target, token));
                CHECK_MESSAGE(statuses(answer).size() == 1, target);
                check_refused(answer);
            }
    for (std::string_view const method : {"POST", "HEAD", "OPTIONS", "TRACE", "PATCH", "get", "X"})
        check_refused(responses_to(server, request_text(method, notes, "ines-at-work")));
    check_healthy(server);
}

TEST_CASE("what a client claims to be changes no answer of the clinic") {
    clinic_server server;
    std::string const claims =
        "X-Roles: doctor\r\nX-Role: doctor\r\nX-User: joon\r\nX-Forwarded-User: joon\r\n"
        "From: joon\r\nCookie: role=doctor; user=joon\r\n";
    for (std::string_view const token : {"gwen-at-work", "marta-at-work"})
        CHECK(status_of(server, request_text("GET", notes, token, claims)) == 403);
    for (std::string_view const token : {"", "joon", "joon-at-work", "ines", "ines-at-work2"})
        CHECK(status_of(server, request_text("GET", notes, token, claims)) == 401);
    check_healthy(server);
}

TEST_CASE("who may not view a record of the clinic does not learn whether there is one") {
    clinic_server server;
    auto const answer = [&](std::string_view method, std::string_view patient,
                            std::string_view category, std::string_view token) {
        std::string const target =
            "/patients/" + std::string(patient) + '/' + std::string(category);
        return responses_to(server, request_text(method, target, token));
    };
    struct two_patients {
        std::string_view known, unknown;
    };
    // The first has records: notes that are signed, results that a court wants to be kept. Of
    // the second nobody has heard.
    constexpr two_patients pairs[] = {{"p-1077", "p-1078"}, {"p-0008", "p-0009"}};
    int refused = 0;
    for (std::string_view const token : logins)
        for (two_patients const& of : pairs)
            for (std::string_view const category :
                 {"health.notes", "health.results", "health", "contact", "bill", "nothing"}) {
                std::string const seen = answer("GET", of.known, category, token);
                if (statuses(seen) != std::vector<int>{403}) continue;
                for (std::string_view const method : {"GET", "PUT", "DELETE"}) {
                    INFO(token << " " << method << " " << of.known << " " << category);
                    std::string const there = answer(method, of.known, category, token);
                    CHECK(there == answer(method, of.unknown, category, token));
                    check_refused(there);
                    ++refused;
                }
            }
    CHECK(refused > 100);
    check_healthy(server);
}

TEST_CASE("the clinic goes on serving while its policy changes, and then by the new one") {
    clinic_server server;
    // What it guarantees would refuse the change.
    edit(server, "    - guarantees.yaml\n", "", "policy.yaml");
    std::filesystem::remove(server.folder.path("policies/clinic/guarantees.yaml"));
    std::string const ask = request_text("GET", notes, "ines-at-work");
    std::atomic<bool> enough = false;
    std::atomic<int> answered = 0;
    std::atomic<int> wrong = 0;
    std::vector<std::jthread> clients;
    for (int i = 0; i < 4; ++i)
        clients.emplace_back([&] {
            while (!enough) {
                int const status = status_of(server, ask);
                ++answered;
                if (status != 200 && status != 403) ++wrong;
            }
        });
    constexpr std::string_view open = "view: {if: treating}\n      health.notes:";
    constexpr std::string_view closed = "view: {if: wrote-it}\n      health.notes:";
    for (int i = 0; i < 3; ++i) {
        edit(server, open, closed);
        CHECK(comes_true([&] { return status_of(server, ask) == 403; }));
        edit(server, closed, open);
        CHECK(comes_true([&] { return status_of(server, ask) == 200; }));
    }
    enough = true;
    clients.clear();
    CHECK(answered > 20);
    CHECK(wrong == 0);
    check_healthy(server);
}

TEST_CASE("the clinic's server ends when it is told to, whoever is connected") {
    clinic_server server;
    peer const idle(server);
    peer const slow(server);
    slow.send("GET /patients/p-1042/hea");
    peer const served(server);
    served.send("GET /nothing HTTP/1.1\r\n\r\n");
    CHECK(statuses(served.receive("first.")) == std::vector<int>{401});
    check_healthy(server);
}

TEST_CASE("the clinic's server waits for nobody for long" * doctest::test_suite("slow")) {
    clinic_server server;
    peer const idle(server);
    peer const slow(server);
    slow.send("GET /patients/p-1042/hea");
    CHECK(idle.receive().empty());
    check_refused(slow.receive());
    check_healthy(server);
}
