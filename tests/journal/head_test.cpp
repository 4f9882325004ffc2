// The text of heads, and keys to check them with.
#include "journal/journal_key.hpp"
#include "journal/signing.hpp"
#include <rolecall/journal_head.hpp>

#include <doctest/doctest.h>

#include <string>
#include <vector>

using namespace rolecall;
using namespace rolecall::testing;

namespace {

journal_head some_head() {
    journal_head head;
    head.journal = "5f0c6a1e9b7d42c3a8e1f00d12345678";
    head.writer = 1;
    head.segment = 3;
    head.sequence = 12'345;
    head.head = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08";
    head.time = 1'795'392'723'123'456'789;
    return head;
}

std::string with(std::string text, std::string const& what, std::string const& by) {
    std::size_t const at = text.find(what);
    REQUIRE(at != std::string::npos);
    return text.replace(at, what.size(), by);
}

trail::signing_key key_of(std::string const& path) {
    std::string problem;
    auto key = trail::signing_key::from_file(path, problem);
    REQUIRE_MESSAGE(key.has_value(), problem);
    return *key;
}

}  // namespace

TEST_CASE("a head is written as the format says, and read back") {
    std::string const text = to_text(some_head());
    CHECK(text ==
          "rolecall-journal 5f0c6a1e9b7d42c3a8e1f00d12345678\n"
          "writer 1\n"
          "segment 3\n"
          "sequence 12345\n"
          "head 9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08\n"
          "time 2026-11-23T00:12:03.123456789Z\n");
    CHECK(parse_journal_head(text) == some_head());
}

TEST_CASE("a head that is not to the letter is none") {
    journal_key_file const file;
    journal_head head = some_head();
    REQUIRE(trail::sign(head, key_of(file.path())));
    std::string const text = to_text(head);
    REQUIRE(parse_journal_head(text) == head);
    for (std::size_t cut = 0; cut < text.size(); ++cut) {
        CAPTURE(cut);
        auto const read = parse_journal_head(text.substr(0, cut));
        // Without its last two lines it is a head that nobody signed.
        CHECK((!read || cut == to_text(some_head()).size()));
    }
    for (auto const& [what, by] : std::vector<std::pair<std::string, std::string>>{
             {"writer 1", "writer 01"},
             {"writer 1", "writer +1"},
             {"writer 1", "writer 0"},
             {"writer 1", "writer 4294967296"},
             {"segment 3", "segment 0"},
             {"segment 3", "segment  3"},
             {"sequence 12345", "sequence 18446744073709551616"},
             {"sequence 12345", "sequence -1"},
             {"head 9f", "head 9F"},
             {"head 9f", "head 9"},
             {"journal 5f", "journal 5g"},
             {"time 2026", "time 2026-"},
             {"T00:12", " 00:12"},
             {"123456789Z", "12345678Z"},
             {"writer 1\n", ""},
             {"writer 1\n", "writer 1\r\n"},
             {"writer 1\nsegment 3\n", "segment 3\nwriter 1\n"},
             {"writer 1\n", "writer 1\nwriter 1\n"},
             {"==\n", "=\n"},
             {"==\n", "==\n\n"},
             {"==\n", "==\nmore\n"},
             {"==\n", "=A\n"},
             {"signature ", "signature\n"},
             {"key ", "key 0"}}) {
        std::string const other = with(text, what, by);
        CAPTURE(other);
        CHECK_FALSE(parse_journal_head(other).has_value());
    }
    CHECK_FALSE(parse_journal_head(std::string(2'000'000, 'x')).has_value());
}

TEST_CASE("several heads are parted by empty lines") {
    journal_head other = some_head();
    other.writer = 2;
    std::string const both = to_text(some_head()) + '\n' + to_text(other);
    CHECK(parse_journal_heads(both) == std::vector<journal_head>{some_head(), other});
    CHECK(parse_journal_heads(both + "\n\n") == std::vector<journal_head>{some_head(), other});
    CHECK(parse_journal_heads("") == std::vector<journal_head>{});
    CHECK_FALSE(parse_journal_heads(to_text(some_head()) + to_text(other)).has_value());
    CHECK_FALSE(parse_journal_heads(both + "\nmore\n").has_value());
    CHECK_FALSE(parse_journal_heads(std::string(1'048'577, '\n')).has_value());
}

TEST_CASE("the key of RFC 8032 has its public key and signs as it should") {
    journal_key_file const file;
    trail::signing_key const key = key_of(file.path());
    std::string problem;
    auto const shown = journal_public_key::from_pem(key.public_pem(), problem);
    REQUIRE_MESSAGE(shown.has_value(), problem);
    CHECK(trail::hex(std::as_bytes(std::span(shown->raw()))) ==
          "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a");
    std::string const signature = key.sign("");
    CHECK(trail::hex(std::as_bytes(std::span(signature))) ==
          "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e3970"
          "1cf9"
          "b46bd25bf5f0595bbe24655141438e7a100b");
    CHECK(shown->verify("", signature));
    CHECK_FALSE(shown->verify("x", signature));
    CHECK(shown->fingerprint() == key.fingerprint());
    CHECK(shown->fingerprint().size() == 16);
}

TEST_CASE("a signature holds for its head and its key alone") {
    journal_key_file const file;
    trail::signing_key const key = key_of(file.path());
    std::string problem;
    auto const shown = journal_public_key::from_pem(key.public_pem(), problem);
    REQUIRE(shown.has_value());
    CHECK_FALSE(shown->verify(some_head()));
    journal_head head = some_head();
    REQUIRE(trail::sign(head, key));
    CHECK(shown->verify(head));
    for (std::size_t bit = 0; bit < 64 * 8; ++bit) {
        journal_head other = head;
        other.signature[bit / 8] = static_cast<char>(other.signature[bit / 8] ^ (1 << bit % 8));
        CHECK_FALSE(shown->verify(other));
    }
    journal_head other = head;
    ++other.sequence;
    CHECK_FALSE(shown->verify(other));
    other = head;
    other.key = "0000000000000000";
    CHECK_FALSE(shown->verify(other));
}

TEST_CASE("what is no Ed25519 key in PEM is refused") {
    std::string problem;
    for (char const* text :
         {"", "rubbish", "-----BEGIN PUBLIC KEY-----\nMCowBQYDK2VwAyEA\n-----END PUBLIC KEY-----\n",
          // X25519: another use of the same curve
          "-----BEGIN PUBLIC KEY-----\n"
          "MCowBQYDK2VuAyEA11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo=\n"
          "-----END PUBLIC KEY-----\n"}) {
        problem.clear();
        CHECK_FALSE(journal_public_key::from_pem(text, problem).has_value());
        CHECK_FALSE(problem.empty());
    }
}

TEST_CASE("a private key that others may read is refused") {
    journal_key_file const file;
    std::filesystem::permissions(file.path(), std::filesystem::perms(0640));
    std::string problem;
    CHECK_FALSE(trail::signing_key::from_file(file.path(), problem).has_value());
    CHECK(problem.find("chmod 600") != std::string::npos);
    CHECK_FALSE(trail::signing_key::from_file(file.path() + "-not", problem).has_value());
}
