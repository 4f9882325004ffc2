#include "cli/commands.hpp"
#include "import/files.hpp"
#include "support/temporary_directory.hpp"
#include <rolecall/yaml.hpp>

#include <doctest/doctest.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cstdio>
#include <filesystem>
#include <fstream>
#include <memory>
#include <sstream>
#include <string>

namespace {

using rolecall::cli::import_arguments;
using rolecall::testing::temporary_directory;
namespace exit_code = rolecall::cli::exit_code;
namespace fs = std::filesystem;

std::string const table =
    "role,category,view,modify,store,delete\n"
    "Clerk,Orders,1,1,0,0\nclerk 2,Orders,1,,,\n";

std::string contents(std::string const& path) {
    std::ifstream in(path, std::ios::binary);
    std::stringstream text;
    text << in.rdbuf();
    return text.str();
}

import_arguments import_of(std::string const& file, std::string const& output = {}) {
    import_arguments arguments;
    arguments.file = file;
    arguments.output = output;
    return arguments;
}

struct import_run {
    int code = -1;
    std::string out, err;
};

import_run run(import_arguments const& arguments) {
    temporary_directory const folder;
    int const out = ::open(folder.path("out").c_str(), O_CREAT | O_WRONLY, 0600);
    int const err = ::open(folder.path("err").c_str(), O_CREAT | O_WRONLY, 0600);
    import_run result;
    {
        rolecall::cli::output to_out(out, false);
        rolecall::cli::output to_err(err, false);
        rolecall::cli::streams streams{to_out, to_err};
        result.code = rolecall::cli::run_import(arguments, streams);
    }
    ::close(out);
    ::close(err);
    result.out = contents(folder.path("out"));
    result.err = contents(folder.path("err"));
    return result;
}

std::size_t files_in(std::string const& folder) {
    return static_cast<std::size_t>(
        std::distance(fs::directory_iterator(folder), fs::directory_iterator()));
}

TEST_CASE("import writes the policy to standard output, and what it did to standard error") {
    temporary_directory const folder;
    import_run const result = run(import_of(folder.write("erp.v2.csv", table)));
    CHECK(result.code == exit_code::fine);
    CHECK(result.err == "2 roles, 1 category, 3 rights written\n");
    CHECK(result.out.find("rolecall: 1\n\npolicy:\n  name: erp.v2\n") == 0);
    CHECK(rolecall::yaml::load_text(result.out));
    CHECK(run(import_of(folder.path("erp.v2.csv"), "-")).out == result.out);
}

TEST_CASE("import writes a file that loads, and says its path") {
    temporary_directory const folder;
    std::string const path = folder.path("erp.yaml");
    import_run const result = run(import_of(folder.write("erp.csv", table), path));
    CHECK(result.code == exit_code::fine);
    CHECK(result.out.empty());
    CHECK(result.err == "2 roles, 1 category, 3 rights written to " + path + "\n");
    auto const loaded = rolecall::yaml::load(path);
    REQUIRE(loaded);
    CHECK(loaded->allows("clerk", "modify", "orders"));
    CHECK_FALSE(loaded->allows("clerk-2", "modify", "orders"));
    CHECK(files_in(folder.path()) == 2);
}

TEST_CASE("large numbers of the summary have commas") {
    temporary_directory const folder;
    std::string many = "role,category,view,modify,store,delete\n";
    for (int i = 0; i < 1234; ++i) many += "All,c" + std::to_string(i) + ",1,0,0,0\n";
    CHECK(run(import_of(folder.write("t.csv", many))).err ==
          "note: role `All` is named `role-all`, because `all` is a reserved word\n"
          "1 role, 1,234 categories, 1,234 rights written\n");
}

TEST_CASE("a table that can't become a policy is shown with carets, and nothing is written") {
    temporary_directory const folder;
    std::string const file =
        folder.write("t.csv", "role;category;view\r\nA;Orders;maybe\r\n\xC3\x84;Orders;1\r\n");
    import_arguments arguments = import_of(file, folder.path("t.yaml"));
    arguments.columns = {"modify=,store=", "delete="};
    import_run const result = run(arguments);
    CHECK(result.code == exit_code::invalid_policy);
    CHECK(result.out.empty());
    CHECK(result.err ==
          file +
              ":2:10: error: `maybe` in column `view` is neither yes nor no; write 1, yes, "
              "y, true or x, or else 0, no, n, false or nothing [csv-value]\n"
              "   2 | A;Orders;maybe\n"
              "     |          ^~~~~\n" +
              file +
              ":3:1: error: role `\xC3\x84` leaves no a-z and no digit for a name; name "
              "it with `--names` (a file of original,name) [csv-name]\n"
              "   3 | \xC3\x84;Orders;1\n"
              "     | ^\n"
              "A beginning for the file of --names; write a name after each comma:\n"
              "original,name\n"
              "\xC3\x84,\n");
    CHECK(files_in(folder.path()) == 1);
}

TEST_CASE("an import says how many problems it does not show") {
    temporary_directory const folder;
    std::string wrong = "role,category,view,modify,store,delete\n";
    for (int i = 0; i < 101; ++i) wrong += "a,b,?,0,0,0\n";
    import_run const result = run(import_of(folder.write("t.csv", wrong)));
    CHECK(result.err.find("and 1 more problem\n") != std::string::npos);
}

TEST_CASE("an import complains about every file that can't be read") {
    temporary_directory const folder;
    import_arguments arguments = import_of(folder.path("no.csv"));
    arguments.columns = {"what"};
    arguments.hierarchy = folder.path();
    arguments.names = folder.path("neither.csv");
    import_run const result = run(arguments);
    CHECK(result.code == exit_code::usage);
    CHECK(result.err == "rolecall: `" + folder.path("no.csv") +
                            "` can't be read (no such file or directory)\n"
                            "rolecall: `" +
                            folder.path() +
                            "` can't be read (is a directory)\n"
                            "rolecall: `" +
                            folder.path("neither.csv") +
                            "` can't be read (no such file or directory)\n"
                            "rolecall: --columns: `what` is not NAME=COLUMN, such as "
                            "`view=Read`\n");
}

TEST_CASE("an import does not replace the tables that it reads") {
    temporary_directory const folder;
    std::string const file = folder.write("t.csv", table);
    fs::create_hard_link(file, folder.path("same.yaml"));
    import_run const result = run(import_of(file, folder.path("same.yaml")));
    CHECK(result.code == exit_code::usage);
    CHECK(result.err == "rolecall: --output: `" + folder.path("same.yaml") +
                            "` is a table of this import, and would be lost\n");
    CHECK(contents(file) == table);
}

TEST_CASE("an import that can't write its policy says so, and leaves nothing behind") {
    temporary_directory const folder;
    std::string const file = folder.write("t.csv", table);
    std::string const nowhere = folder.path("missing/p.yaml");
    import_run const result = run(import_of(file, nowhere));
    CHECK(result.code == exit_code::usage);
    CHECK(result.err ==
          "rolecall: `" + nowhere + "` can't be written (no such file or directory)\n");
    CHECK(files_in(folder.path()) == 1);
}

TEST_CASE("a file is replaced as a whole, and keeps its permissions") {
    temporary_directory const folder;
    std::string const path = folder.write("p.yaml", "old and longer than what follows\n");
    ::chmod(path.c_str(), 0640);
    CHECK_FALSE(rolecall::csv::write_whole_file(path, "new\n"));
    CHECK(contents(path) == "new\n");
    struct stat state {};
    REQUIRE(::stat(path.c_str(), &state) == 0);
    CHECK((state.st_mode & 0777U) == 0640);
    CHECK(files_in(folder.path()) == 1);
}

TEST_CASE("only a regular file is replaced") {
    temporary_directory const folder;
    folder.write("real.yaml", "old\n");
    folder.link("link.yaml", "real.yaml");
    folder.make_directory("folder.yaml");
    for (std::string const& path :
         {folder.path("link.yaml"), folder.path("folder.yaml"), std::string("/dev/null")}) {
        CHECK(rolecall::csv::write_whole_file(path, "new\n") ==
              '`' + path + "` is not a regular file, so it is not replaced");
    }
    CHECK(contents(folder.path("real.yaml")) == "old\n");
    CHECK(files_in(folder.path()) == 3);
}

TEST_CASE("the name of a policy is that of its table without folder and extension") {
    using rolecall::csv::stem_of;
    CHECK(stem_of("data/erp.csv") == "erp");
    CHECK(stem_of("erp") == "erp");
    CHECK(stem_of("a.b/.hidden") == ".hidden");
    CHECK(stem_of("a/b.c.csv") == "b.c");
    CHECK(stem_of("a/").empty());
    CHECK(stem_of("").empty());
}

}  // namespace
