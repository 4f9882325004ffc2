// Hashes and keys, against vectors that are published.
#include "journal/signing.hpp"

#include "journal/journal_key.hpp"
#include "support/temporary_directory.hpp"

#include <doctest/doctest.h>
#include <sys/stat.h>

#include <array>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <string_view>

using namespace rolecall;
using namespace rolecall::testing;

namespace {

trail::bytes_view bytes(std::string_view text) {
    return std::as_bytes(std::span(text.data(), text.size()));
}

std::string problem_of(std::string const& path) {
    std::string problem;
    CHECK_FALSE(trail::signing_key::from_file(path, problem).has_value());
    return problem;
}

}  // namespace

// FIPS 180-4, examples of NIST's Cryptographic Standards and Guidelines.
TEST_CASE("SHA-256 is what the standard says, in whatever pieces") {
    constexpr std::string_view long_text =
        "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq";
    trail::hasher sum;
    CHECK(trail::hex(sum.finish()) ==
          "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    sum.add(bytes("abc"));
    CHECK(trail::hex(sum.finish()) ==
          "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    for (std::size_t cut = 0; cut <= long_text.size(); ++cut) {
        sum.add(bytes(long_text.substr(0, cut)));
        sum.add(bytes(long_text.substr(cut)));
        CHECK(trail::hex(sum.finish()) ==
              "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1");
    }
}

// RFC 4231, test cases 1 and 2.
TEST_CASE("record ids are hashed by HMAC-SHA256, again and again") {
    std::array<std::byte, 16> is{};
    trail::record_hasher one(std::string(20, '\x0b'));
    trail::record_hasher two("Jefe");
    for (int round = 0; round < 3; ++round) {
        REQUIRE(one("Hi There", is));
        CHECK(trail::hex(is) == "b0344c61d8db38535ca8afceaf0bf12b");
        REQUIRE(two("what do ya want for nothing?", is));
        CHECK(trail::hex(is) == "5bdcc146bf60754e6a042426089575c7");
    }
    std::array<std::byte, 16> empty{};
    REQUIRE(two("", empty));
    CHECK(empty != is);
}

TEST_CASE("a key file that is none is refused, and why is said") {
    temporary_directory const here;
    CHECK(problem_of(here.path("none")).find("No such file") != std::string::npos);
    CHECK(problem_of(here.path()).find("is not a key file") != std::string::npos);
    REQUIRE(::mkfifo(here.path("pipe").c_str(), 0600) == 0);
    CHECK(problem_of(here.path("pipe")).find("is not a key file") != std::string::npos);
    for (std::string const& text :
         {std::string(), std::string("rubbish"), std::string("-----BEGIN PRIVATE KEY-----\n"),
          // X25519: another use of the same curve
          std::string("-----BEGIN PRIVATE KEY-----\n"
                      "MC4CAQAwBQYDK2VuBCIEIJ1hsZ3v/VpguoRK9JLsLMREScVpez"
                      "JpGXA7rAMcrn9g\n-----END PRIVATE KEY-----\n")}) {
        std::string const path = here.write("key", text);
        REQUIRE(::chmod(path.c_str(), 0600) == 0);
        CHECK(problem_of(path).find("openssl genpkey") != std::string::npos);
    }
    std::string const path = here.write("key", std::string(70'000, 'x'));
    REQUIRE(::chmod(path.c_str(), 0600) == 0);
    CHECK(problem_of(path).find("is not a key file") != std::string::npos);
}

TEST_CASE("a key that others may read is refused, whoever they are") {
    journal_key_file const file;
    for (mode_t const mode : {0640U, 0604U, 0620U, 0601U}) {
        REQUIRE(::chmod(file.path().c_str(), mode) == 0);
        CHECK(problem_of(file.path()).find("chmod 600") != std::string::npos);
    }
    REQUIRE(::chmod(file.path().c_str(), 0400) == 0);
    std::string problem;
    CHECK(trail::signing_key::from_file(file.path(), problem).has_value());
}

TEST_CASE("a public key can't sign, and says so whoever may read it") {
    temporary_directory const here;
    std::string problem;
    auto const key = trail::signing_key::from_file(journal_key_file().path(), problem);
    REQUIRE(key.has_value());
    std::string const path = here.write("public.pem", key->public_pem());
    for (mode_t const mode : {0600U, 0644U}) {
        REQUIRE(::chmod(path.c_str(), mode) == 0);
        CHECK(problem_of(path) == '`' + path + "` is a public key; the private one signs");
    }
}

TEST_CASE("a private key behind a public one is refused too where others may read it") {
    journal_key_file const file;
    std::string problem;
    auto const key = trail::signing_key::from_file(file.path(), problem);
    REQUIRE(key.has_value());
    std::ifstream in(file.path());
    std::string const whole =
        key->public_pem() + std::string(std::istreambuf_iterator<char>(in), {});
    temporary_directory const here;
    std::string const path = here.write("both.pem", whole);
    REQUIRE(::chmod(path.c_str(), 0644) == 0);
    CHECK(problem_of(path).find("chmod 600") != std::string::npos);
}

TEST_CASE("a head is signed over all that stands before the word signature") {
    journal_key_file const file;
    std::string problem;
    auto const key = trail::signing_key::from_file(file.path(), problem);
    REQUIRE(key.has_value());
    journal_head head;
    head.journal = std::string(32, 'a');
    head.writer = 1;
    head.segment = 1;
    head.head = std::string(64, 'b');
    REQUIRE(trail::sign(head, *key));
    CHECK(head.key == key->fingerprint());
    CHECK(head.signature.size() == 64);
    std::string const text = to_text(head);
    CHECK(head.signature == key->sign(text.substr(0, text.find("signature "))));
    // Signed once more it is the same: Ed25519 draws nothing.
    journal_head again = head;
    REQUIRE(trail::sign(again, *key));
    CHECK(again == head);
}
