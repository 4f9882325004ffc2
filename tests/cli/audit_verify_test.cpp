// `rolecall audit verify` and `rolecall audit head`.
#include "journal/journal_key.hpp"
#include "support/program.hpp"
#include "support/sample_trail.hpp"
#include "support/temporary_directory.hpp"

#include <doctest/doctest.h>

#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

namespace {

using namespace rolecall;
using namespace rolecall::testing;
using words = std::vector<std::string>;

struct verified_trail {
    temporary_directory folder;
    std::string journal = folder.path("trail");
    std::string segment = journal + "/writer-1/000000000001.segment";

    verified_trail() { append_records(journal, {record_of({}), record_of({})}); }

    [[nodiscard]] outcome verify(words const& more = {}) const {
        words line{"audit", "verify", journal};
        line.insert(line.end(), more.begin(), more.end());
        return run(line);
    }
    [[nodiscard]] std::string keep_head() const {
        outcome const head = run({"audit", "head", journal});
        REQUIRE(head.code == 0);
        return folder.write("heads.txt", head.out);
    }
    void flip(std::streamoff at) const {
        std::fstream file(segment, std::ios::in | std::ios::out | std::ios::binary);
        file.seekg(at);
        char const was = static_cast<char>(file.get());
        file.seekp(at);
        file.put(static_cast<char>(was ^ 1));
    }
};

TEST_CASE("a journal that nobody changed is verified") {
    verified_trail const is;
    outcome const plain = is.verify();
    CHECK(plain.code == 0);
    CHECK(plain.out.find("no change was found: 0 signatures and 0 heads checked") !=
          std::string::npos);
    CHECK(plain.out.find("--heads") != std::string::npos);
    outcome const with_head = is.verify({"--heads", is.keep_head()});
    CHECK(with_head.code == 0);
    CHECK(with_head.out.find("1 head checked") != std::string::npos);
}

TEST_CASE("what was changed since a head was kept is found, with its place") {
    verified_trail const is;
    std::string const heads = is.keep_head();
    auto const size = static_cast<std::streamoff>(std::filesystem::file_size(is.segment));
    SUBCASE("a byte at the beginning") { is.flip(100); }
    SUBCASE("a byte in the middle") { is.flip(size / 2); }
    SUBCASE("the last byte") { is.flip(size - 1); }
    SUBCASE("the end is cut off") {
        std::filesystem::resize_file(is.segment, static_cast<std::uintmax_t>(size - 1));
    }
    SUBCASE("the segment is gone") { std::filesystem::remove(is.segment); }
    outcome const found = is.verify({"--heads", heads});
    CHECK(found.code == 1);
    CHECK(found.out.find("bad") != std::string::npos);
    CHECK(found.out.find("this is not what was written") != std::string::npos);
    outcome const json = is.verify({"--heads", heads, "--format", "json"});
    CHECK(json.code == 1);
    CHECK(json.out.find("\"good\":false") != std::string::npos);
}

TEST_CASE("what is in doubt is not called unchanged, and a head of it comes with a word") {
    verified_trail const is;
    auto const size = static_cast<std::streamoff>(std::filesystem::file_size(is.segment));
    is.flip(size - 1);
    outcome const found = is.verify();
    CHECK(found.code == 0);
    CHECK(found.out.find("warning  writer 1, segment 1, byte ") != std::string::npos);
    CHECK(found.out.find("1 place in doubt") != std::string::npos);
    CHECK(found.out.find("no change was found") == std::string::npos);
    outcome const head = run({"audit", "head", is.journal});
    CHECK(head.code == 0);
    CHECK(head.err.find("unfinished") != std::string::npos);
}

TEST_CASE("a folder that is no journal is refused, and one that was a journal is bad") {
    verified_trail const is;
    for (std::string const& path : {is.folder.path("nowhere"), is.folder.path(".")}) {
        for (std::string const& command : {std::string("verify"), std::string("head")}) {
            outcome const refused = run({"audit", command, path});
            CHECK(refused.code == 2);
            CHECK(refused.out == "");
            CHECK(refused.err.find("is no journal") != std::string::npos);
        }
    }
    std::filesystem::remove(is.journal + "/journal");
    CHECK(is.verify().code == 1);
}

TEST_CASE("no head is given for a journal in which something is bad") {
    verified_trail const is;
    is.flip(70);  // in the opening
    outcome const head = run({"audit", "head", is.journal});
    CHECK(head.code == 1);
    CHECK(head.out == "");
    CHECK(head.err.find("audit verify") != std::string::npos);
}

TEST_CASE("keys and heads that are none are refused") {
    verified_trail const is;
    std::string const other = is.folder.write("other.txt", "something else\n");
    CHECK(is.verify({"--key", other}).code == 2);
    CHECK(is.verify({"--heads", other}).code == 2);
    CHECK(is.verify({"--key", is.folder.path("nowhere")}).code == 2);
    CHECK(run({"audit", "head", is.journal, "--sign", other}).code == 2);
}

// The public part of the key that signs in tests.
constexpr char const* public_key =
    "-----BEGIN PUBLIC KEY-----\n"
    "MCowBQYDK2VwAyEA11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo=\n"
    "-----END PUBLIC KEY-----\n";

TEST_CASE("heads are not signed with a public key, and it is said that it is one") {
    verified_trail const is;
    std::string const key = is.folder.write("public.pem", public_key);
    outcome const head = run({"audit", "head", is.journal, "--sign", key});
    CHECK(head.code == 2);
    CHECK(head.out == "");
    CHECK(head.err == "rolecall: `" + key + "` is a public key; the private one signs\n");
}

TEST_CASE("a private key checks like its public part, but it is said that it should not be there") {
    verified_trail const is;
    journal_key_file const key;
    std::string const shown = is.folder.write("public.pem", public_key);
    outcome const head = run({"audit", "head", is.journal, "--sign", key.path()});
    REQUIRE(head.code == 0);
    std::string const heads = is.folder.write("heads.txt", head.out);
    outcome const fine = is.verify({"--heads", heads, "--key", shown});
    CHECK(fine.code == 0);
    CHECK(fine.err == "");
    outcome const warned = is.verify({"--heads", heads, "--key", key.path()});
    CHECK(warned.code == 0);
    CHECK(warned.out == fine.out);
    CHECK(warned.err == "rolecall: warning: `" + key.path() +
                            "` is a private key: whoever has it can sign, so it does not belong "
                            "where trails are checked; its public part is enough (openssl pkey "
                            "-pubout)\n");
}

}  // namespace
