#include "import/csv_reader.hpp"
#include "import/text_check.hpp"
#include "support/importing.hpp"

#include <doctest/doctest.h>

#include <string>
#include <string_view>

namespace {

using rolecall::source_file;
using rolecall::csv::csv_reader;
using rolecall::csv::csv_row;
using rolecall::csv::problems;
using rolecall::testing::problem_lines;

struct reading {
    std::string rows;  // `[a][b]`, a line for each row, the header first
    std::string problems;
};

std::string in_brackets(csv_row const& row) {
    std::string line;
    for (auto const& cell : row) line += '[' + cell.text + ']';
    return line + '\n';
}

reading read(std::string_view text) {
    source_file const file{"t.csv", std::string(rolecall::csv::without_byte_order_mark(text))};
    problems found;
    reading result;
    if (rolecall::csv::check_text(file, 0, found)) {
        csv_reader rows(file, 0, found);
        if (!rows.header().empty()) result.rows = in_brackets(rows.header());
        for (csv_row row; rows.next(row);) result.rows += in_brackets(row);
    }
    result.problems = problem_lines(rolecall::detail::to_diagnostics(found.kept(), {{file}}));
    return result;
}

std::string rows_of(std::string_view text) {
    reading const result = read(text);
    CHECK(result.problems.empty());
    return result.rows;
}

TEST_CASE("cells of a table are parted by commas, semicolons or tabs, as in its header") {
    CHECK(rows_of("a,b\n1;2,3\n") == "[a][b]\n[1;2][3]\n");
    CHECK(rows_of("a;b\n1,5;2,5\n") == "[a][b]\n[1,5][2,5]\n");
    CHECK(rows_of("a\tb\n1,2\t3;4\n") == "[a][b]\n[1,2][3;4]\n");
}

TEST_CASE("a delimiter in quotes in the header does not count") {
    CHECK(rows_of("\"a,b,c,d\";e;f\n1;2;3\n") == "[a,b,c,d][e][f]\n[1][2][3]\n");
}

TEST_CASE("lines of a table end as on Unix or as on Windows, and the last one may not end") {
    CHECK(rows_of("a,b\r\n1,2\r\n3,4") == "[a][b]\n[1][2]\n[3][4]\n");
    CHECK(rows_of("a,b\n1,\n3,") == "[a][b]\n[1][]\n[3][]\n");
}

TEST_CASE("the byte order mark of a spreadsheet is not part of its first column") {
    CHECK(rows_of("\xEF\xBB\xBF"
                  "a,b\n1,2\n") == "[a][b]\n[1][2]\n");
}

TEST_CASE("a cell in quotes holds delimiters, line breaks, and quotes that are doubled") {
    CHECK(rows_of("a,b\n\"x, \"\"y\"\"\",\"1\r\n2\"\n") == "[a][b]\n[x, \"y\"][1\r\n2]\n");
    CHECK(rows_of("a,b\n\"\",\"\"\"\"\n") == "[a][b]\n[][\"]\n");
}

TEST_CASE("blanks and no-break spaces around a cell are not part of it") {
    CHECK(rows_of("a , b\n 1\t,\xC2\xA0 2 \xC2\xA0\n\" 3 \",4\n") == "[a][b]\n[1][2]\n[3][4]\n");
}

TEST_CASE("rows without any text don't count, before and after the header") {
    CHECK(rows_of("\n,,\n\r\na,b\n\n,\n1,2\n,\n\n") == "[a][b]\n[1][2]\n");
}

TEST_CASE("a table says where each of its cells stands, in code points") {
    source_file const file{"t.csv", "röle,b\n\"ä\nö\", ü1 ,\"x\"\"y\"\n"};
    problems found;
    csv_reader rows(file, 7, found);
    csv_row row;
    CHECK_FALSE(rows.next(row));  // a cell too many
    REQUIRE(found.kept().size() == 1);
    CHECK(found.kept()[0].at == rolecall::place{7, 3, 9, 6});
    CHECK(rows.header()[0].at == rolecall::place{7, 1, 1, 4});
    CHECK(rows.header()[1].at == rolecall::place{7, 1, 6, 1});
    CHECK(row[0].at == rolecall::place{7, 2, 1, 2});  // to the end of its first line
    CHECK(row[1].at == rolecall::place{7, 3, 5, 2});  // without the blanks
}

TEST_CASE("a row with more or fewer cells than the header is refused at the cell") {
    reading const result = read("a,b,c\n1,2\n1,2,3,4\n1,2,3\n1,2,3,\nlone\n");
    CHECK(result.rows == "[a][b][c]\n[1][2][3]\n");
    CHECK(result.problems ==
          "t.csv:2:3+1 csv-syntax: this row has 2 cells, and the header has 3\n"
          "t.csv:3:7+1 csv-syntax: this row has 4 cells, and the header has 3\n"
          "t.csv:5:7+1 csv-syntax: this row has 4 cells, and the header has 3\n"
          "t.csv:6:1+4 csv-syntax: this row has 1 cell, and the header has 3\n");
}

TEST_CASE("a quote within a cell without quotes is refused, and the next row is read") {
    reading const result = read("a,b\n5\" pipe,1\n \"x\",1\n1,2\n");
    CHECK(result.rows == "[a][b]\n[1][2]\n");
    CHECK(result.problems ==
          "t.csv:2:2+1 csv-syntax: a quote within a cell; put the whole cell in quotes, and "
          "double this one\n"
          "t.csv:3:2+1 csv-syntax: a quote within a cell; put the whole cell in quotes, and "
          "double this one\n");
}

TEST_CASE("text after a closing quote is refused, and shows where the cell began") {
    reading const result = read("a,b\n\"x\"y,1\n\"open\n1\"2,3\n1,2\n");
    CHECK(result.rows == "[a][b]\n[1][2]\n");
    CHECK(result.problems ==
          "t.csv:2:4+1 csv-syntax: text after the quote that closes a cell; double a quote "
          "that is part of the text\n"
          "t.csv:4:3+1 csv-syntax: text after the quote that closes a cell; double a quote "
          "that is part of the text\n"
          "  t.csv:3:1+5 the cell begins here\n");
}

TEST_CASE("a quote that is never closed is refused where it opens") {
    reading const result = read("a,b\n1,2\n3,\"x\n4,5\n6,7\n");
    CHECK(result.rows == "[a][b]\n[1][2]\n");
    CHECK(result.problems ==
          "t.csv:3:3+1 csv-syntax: this quote is never closed; what follows it can't be "
          "read\n");
}

TEST_CASE("after a broken header no row is read, since no one knows its columns") {
    reading const result = read("a,\"b\"c\n1,2\n");
    CHECK(result.rows.empty());
    CHECK(result.problems ==
          "t.csv:1:6+1 csv-syntax: text after the quote that closes a cell; double a quote "
          "that is part of the text\n");
}

TEST_CASE("a file without any text is an empty table, and an error") {
    for (char const* const text : {"", "\n", " \r\n\r\n", ",,,\n,,\n", "\xEF\xBB\xBF"}) {
        CAPTURE(text);
        CHECK(read(text).problems ==
              "t.csv+0 csv-syntax: this file is empty; the first row of a table names its "
              "columns\n");
    }
}

TEST_CASE("a row beyond any table that people keep is refused without reading on") {
    std::string const huge(csv_reader::max_row_bytes, 'x');
    reading const result = read("a,b\n1,2\n" + huge + ",\n3,4\n");
    CHECK(result.rows == "[a][b]\n[1][2]\n");
    CHECK(result.problems.find("t.csv:3:1+1 csv-syntax: this row has more than 128 KiB") == 0);
}

TEST_CASE("a table that is not UTF-8 is refused once, at the first wrong byte") {
    CHECK(read("a,b\nM\xFCller,1\nJ\xF6rg,1\n").problems ==
          "t.csv:2:2+1 csv-syntax: this byte is no UTF-8; save the table as CSV in UTF-8 (in "
          "Excel: `CSV UTF-8`)\n");
    CHECK(read(std::string_view("\xFF\xFE"
                                "a\0,\0",
                                6))
              .problems ==
          "t.csv+0 csv-syntax: this file is UTF-16; save the table as CSV in "
          "UTF-8 (in Excel: `CSV UTF-8`)\n");
}

TEST_CASE("NUL, control characters and lone carriage returns are refused in a table") {
    CHECK(read(std::string_view("a\0b", 3)).problems.find("t.csv:1:2+1 csv-syntax: a NUL") == 0);
    CHECK(read("a,b\n\x1B[2J,1\n").problems ==
          "t.csv:2:1+1 csv-syntax: control character U+001B; remove it\n");
    CHECK(read("a,b\r1,2\r")
              .problems.find("t.csv:1:4+1 csv-syntax: a carriage return without a line feed") == 0);
}

TEST_CASE("a hundred problems of a table are kept, and the others counted") {
    source_file file{"t.csv", "a,b\n"};
    for (int i = 0; i < 250; ++i) file.text += "1\n";
    problems found;
    csv_reader rows(file, 0, found);
    csv_row row;
    CHECK_FALSE(rows.next(row));
    CHECK(rows.left_out_any());
    CHECK(found.kept().size() == 100);
    CHECK(found.left_out() == 150);
}

}  // namespace
