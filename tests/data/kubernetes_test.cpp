// Real data: the roles of Kubernetes, on objects such as `*/*` that need names.
#include "data/real_data.hpp"
#include "support/program.hpp"
#include "support/temporary_directory.hpp"
#include <rolecall/matrix.hpp>
#include <rolecall/yaml.hpp>

#include <doctest/doctest.h>

#include <string>

namespace {

using namespace rolecall::testing;

std::string const table = "kubernetes/role_object_vmsd.csv";
std::string const names =
    "original,name\n"
    "*/*,every-object\n"
    "url:*,every-url\n"
    "url:/api/*,url-below-api\n"
    "url:/apis/*,url-below-apis\n"
    "url:/swaggerapi/*,url-below-swaggerapi\n";

TEST_CASE("real data: Kubernetes' table is as simple as its judge believes") {
    if (!has_real_data(table)) return;
    std::string const text = whole_file(real_data(table));
    CHECK(text.find_first_of("\";\t") == std::string::npos);
    CHECK(rights_in(text).allowed.size() == 666);
}

TEST_CASE("real data: the imported Kubernetes allows what its table gives, and nothing else") {
    if (!has_real_data(table)) return;
    auto const made =
        import_real(table, "category=object", {}, rolecall::source_file{"names.csv", names});
    REQUIRE(made);
    CHECK(made.roles == 49);
    CHECK(made.categories == 103);
    CHECK(made.rights == 666);
    auto const loaded = rolecall::yaml::load_text(made.policy);
    REQUIRE(loaded);
    CHECK(differences(*loaded, rights_in(whole_file(real_data(table)))) == "");
    CHECK(rolecall::effective_rights(*loaded).size() == 666);
    CHECK(loaded->allows("cluster-admin", "delete", "every-object"));
    CHECK_FALSE(loaded->action("other-verbs"));
}

TEST_CASE("real data: without names every object of Kubernetes that needs one is listed") {
    if (!has_real_data(table)) return;
    auto const made = import_real(table, "category=object");
    CHECK_FALSE(made);
    CHECK(made.problems.size() == 4);
    CHECK(made.names_to_give ==
          "original,name\n*/*,\nurl:/api,\nurl:/api/*,\nurl:/apis,\nurl:/apis/*,\n"
          "url:/swaggerapi,\nurl:/swaggerapi/*,\n");
}

TEST_CASE("real data: the program imports Kubernetes with a file of names") {
    if (!has_real_data(table)) return;
    temporary_directory const folder;
    std::string const policy = folder.path("kubernetes.yaml");
    std::vector<std::string> words{
        "import", "csv", real_data(table), "--columns", "category=object", "--output", policy};
    CHECK(run(words).code == 3);
    CHECK_FALSE(std::filesystem::exists(policy));
    words.insert(words.end(), {"--names", folder.write("names.csv", names)});
    CHECK(run(words).code == 0);
    auto const loaded = rolecall::yaml::load(policy);
    REQUIRE(loaded);
    CHECK(differences(*loaded, rights_in(whole_file(real_data(table)))) == "");
}

}  // namespace
