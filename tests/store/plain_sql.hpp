// SQLite without any of our code between.
#ifndef ROLECALL_TESTS_STORE_PLAIN_SQL_HPP
#define ROLECALL_TESTS_STORE_PLAIN_SQL_HPP

#include <sqlite3.h>

#include <stdexcept>
#include <string>

namespace rolecall::testing {

/// Runs statements on a file, which is made if need be. Gives the first column of all rows, one
/// a line.
inline std::string plain_sql(std::string const& path, std::string const& sql) {
    sqlite3* file = nullptr;
    std::string result;
    int code = ::sqlite3_open(path.c_str(), &file);
    ::sqlite3_busy_timeout(file, 60'000);
    if (code == SQLITE_OK)
        code = ::sqlite3_exec(
            file, sql.c_str(),
            [](void* to, int, char** values, char**) {
                *static_cast<std::string*>(to) +=
                    std::string(values[0] != nullptr ? values[0] : "NULL") + '\n';
                return 0;
            },
            &result, nullptr);
    std::string const problem = ::sqlite3_errmsg(file);
    ::sqlite3_close(file);
    if (code != SQLITE_OK) throw std::runtime_error(path + ": " + problem);
    return result;
}

}  // namespace rolecall::testing

#endif
