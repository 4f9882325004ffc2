// The YAML test suite: documents that stretch every parser.
#include "fuzz/libyaml_judge.hpp"
#include "fuzz/sample_policies.hpp"
#include "support/skip.hpp"

#include <doctest/doctest.h>

namespace {

using namespace rolecall::testing;
namespace fs = std::filesystem;

fs::path const suite = fs::path(ROLECALL_DATA_DIR) / "yaml-test-suite";

bool must_be_refused(sample const& document) {
    return fs::exists(fs::path(document.name).parent_path() / "error");
}

TEST_CASE("the YAML test suite: what our reader accepts, libyaml reads as the same tree") {
    auto const documents = files_below(suite, "in.yaml");
    if (documents.empty()) return skip("no folder yaml-test-suite");
    CHECK(documents.size() == 402);

    int accepted = 0;
    for (sample const& document : documents) {
        auto const verdict = judge(document.text);
        CAPTURE(document.name);
        CHECK(verdict.difference == "");
        if (verdict.accepted) ++accepted;
    }
    CHECK(accepted > 70);  // the others have tags, anchors, several documents, ...
}

TEST_CASE("the YAML test suite: every document that is an error is refused") {
    auto const documents = files_below(suite, "in.yaml");
    if (documents.empty()) return skip("no folder yaml-test-suite");

    int errors = 0;
    for (sample const& document : documents) {
        if (!must_be_refused(document)) continue;
        CAPTURE(document.name);
        CHECK_FALSE(judge(document.text).accepted);
        ++errors;
    }
    CHECK(errors == 94);
}

}  // namespace
