#include "store/database.hpp"

#include <sqlite3.h>

#include <cerrno>
#include <cstring>
#include <new>
#include <system_error>
#include <utility>

namespace rolecall::inline v0_1::sqlite {

namespace {

using kind = user_store_error::kind;

bool is_full(int code, int error) noexcept {
    return (code & 0xFF) == SQLITE_FULL || ((code & 0xFF) == SQLITE_IOERR &&
                                            (error == ENOSPC || error == EDQUOT || error == EFBIG));
}

struct meaning {
    kind why;
    char const* text;
};

meaning meaning_of(int code, int error) noexcept {
    if (is_full(code, error))
        return {kind::no_space, "there is no room on its disk; nothing has changed"};
    switch (code & 0xFF) {
        case SQLITE_BUSY:
        case SQLITE_LOCKED:
        case SQLITE_PROTOCOL:
            return {kind::busy,
                    "another process is using it and did not come to an end; try again"};
        case SQLITE_READONLY:
        case SQLITE_PERM:
            return {kind::read_only,
                    "it may not be written: the file, its folder or a file beside it is read-only"};
        case SQLITE_CORRUPT:
            return {kind::corrupt,
                    "it is damaged, and nothing was written; restore it from a backup"};
        case SQLITE_NOTADB: return {kind::not_ours, "it is no SQLite file; nothing was written"};
        case SQLITE_CANTOPEN:
            return {kind::io, "it, or a file that belongs beside it, can't be opened"};
        case SQLITE_IOERR: return {kind::io, "the system can't read or write it"};
        default:
            return {kind::corrupt,
                    "its tables are not those that belong in it; restore it from a backup"};
    }
}

}  // namespace

database::database(std::string path, access how) : path_(std::move(path)) {
    int const flags = (how == access::write ? SQLITE_OPEN_READWRITE : SQLITE_OPEN_READONLY) |
                      SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE;
    int const code = ::sqlite3_open_v2(path_.c_str(), &connection_, flags, nullptr);
    if (code == SQLITE_OK) return;
    try {
        fail(code);
    } catch (...) {
        ::sqlite3_close(connection_);
        throw;
    }
}

database::~database() { ::sqlite3_close(connection_); }

database::header database::first_bytes() const {
    header bytes{};
    sqlite3_file* file = nullptr;
    int const found = ::sqlite3_file_control(connection_, "main", SQLITE_FCNTL_FILE_POINTER, &file);
    if (found != SQLITE_OK || file == nullptr || file->pMethods == nullptr) fail(SQLITE_CANTOPEN);
    int const code = file->pMethods->xRead(file, bytes.data(), static_cast<int>(bytes.size()), 0);
    if (code != SQLITE_OK && code != SQLITE_IOERR_SHORT_READ) fail(code);
    return bytes;
}

void database::execute(std::string const& sql) {
    int const code = ::sqlite3_exec(connection_, sql.c_str(), nullptr, nullptr, nullptr);
    if (code != SQLITE_OK) fail(code);
}

std::string database::text_of(std::string const& sql) {
    statement asks(*this, sql);
    if (!asks.step()) return {};
    auto const* const text = ::sqlite3_column_text(asks.compiled_, 0);
    if (text == nullptr) return {};
    auto const size = static_cast<std::size_t>(::sqlite3_column_bytes(asks.compiled_, 0));
    // NOLINTNEXTLINE(cppcoreguidelines-pro-type-reinterpret-cast): as SQLite has it
    return {reinterpret_cast<char const*>(text), size};
}

std::int64_t database::number_of(std::string const& sql) {
    statement asks(*this, sql);
    return asks.step() ? ::sqlite3_column_int64(asks.compiled_, 0) : 0;
}

void database::wait_for_locks(unsigned ms) noexcept {
    ::sqlite3_busy_timeout(connection_, static_cast<int>(ms < 0x7FFFFFFFU ? ms : 0x7FFFFFFFU));
}

void database::keep_log(bool keep) noexcept {
    ::sqlite3_db_config(connection_, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, keep ? 1 : 0, nullptr);
}

void database::trust_nothing() {
    constexpr std::array<std::pair<int, int>, 4> settings{{{SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0},
                                                           {SQLITE_DBCONFIG_ENABLE_TRIGGER, 0},
                                                           {SQLITE_DBCONFIG_ENABLE_VIEW, 0},
                                                           {SQLITE_DBCONFIG_DEFENSIVE, 1}}};
    for (auto const& [what, wanted] : settings) {
        int is = -1;
        int const code = ::sqlite3_db_config(connection_, what, wanted, &is);
        if (code != SQLITE_OK || is != wanted) fail(SQLITE_IOERR);
    }
}

std::int64_t database::rows_changed() const noexcept { return ::sqlite3_changes64(connection_); }

bool database::in_transaction() const noexcept {
    return ::sqlite3_get_autocommit(connection_) == 0;
}

bool database::is_read_only() const noexcept {
    return ::sqlite3_db_readonly(connection_, "main") != 0;
}

std::string database::log_path() const {
    char const* const file = ::sqlite3_db_filename(connection_, "main");
    char const* const log = file != nullptr ? ::sqlite3_filename_wal(file) : nullptr;
    return log != nullptr ? log : path_ + "-wal";
}

// What the system said of the last failure. Of some, such as a COMMIT that can't write, only the
// file itself remembers it: the log, or the file.
int database::system_error() const noexcept {
    if (int const error = ::sqlite3_system_errno(connection_); error != 0) return error;
    for (int const which : {SQLITE_FCNTL_JOURNAL_POINTER, SQLITE_FCNTL_FILE_POINTER}) {
        sqlite3_file* file = nullptr;
        int error = 0;
        if (::sqlite3_file_control(connection_, "main", which, &file) == SQLITE_OK &&
            file != nullptr && file->pMethods != nullptr &&
            file->pMethods->xFileControl(file, SQLITE_FCNTL_LAST_ERRNO, &error) == SQLITE_OK &&
            error != 0)
            return error;
    }
    return 0;
}

void database::fail(int code) const {
    if ((code & 0xFF) == SQLITE_NOMEM || code == SQLITE_IOERR_NOMEM) throw std::bad_alloc();
    int const error = connection_ != nullptr ? system_error() : 0;
    meaning const means = meaning_of(code, error);
    std::string text = path_ + ": " + means.text + " (SQLite: ";
    text += connection_ != nullptr ? ::sqlite3_errmsg(connection_) : ::sqlite3_errstr(code);
    bool const of_system = (code & 0xFF) == SQLITE_IOERR || (code & 0xFF) == SQLITE_CANTOPEN ||
                           (code & 0xFF) == SQLITE_FULL;
    if (of_system && error != 0) text += "; " + std::generic_category().message(error);
    throw user_store_error(means.why, text + ')');
}

void database::fail_as_corrupt(std::string_view what) const {
    throw user_store_error(kind::corrupt, path_ + ": it is damaged (" + std::string(what) +
                                              "), and nothing was written; restore it from a "
                                              "backup");
}

// ---- Statements --------------------------------------------------------------------------

statement::statement(database& of, std::string_view sql) : of_(of) {
    int const code = ::sqlite3_prepare_v3(of.connection_, sql.data(), static_cast<int>(sql.size()),
                                          SQLITE_PREPARE_PERSISTENT, &compiled_, nullptr);
    if (code != SQLITE_OK) of.fail(code);
}

statement::~statement() { ::sqlite3_finalize(compiled_); }

void statement::bind(int at, std::string_view text) {
    int const code =
        ::sqlite3_bind_text64(compiled_, at, text.data(), text.size(), SQLITE_STATIC, SQLITE_UTF8);
    if (code != SQLITE_OK) of_.fail(code);
}

void statement::bind(int at, std::int64_t number) {
    int const code = ::sqlite3_bind_int64(compiled_, at, number);
    if (code != SQLITE_OK) of_.fail(code);
}

void statement::bind(int at, std::optional<std::int64_t> number) {
    if (number) return bind(at, *number);
    int const code = ::sqlite3_bind_null(compiled_, at);
    if (code != SQLITE_OK) of_.fail(code);
}

bool statement::step() {
    int const code = ::sqlite3_step(compiled_);
    if (code == SQLITE_ROW) return true;
    ::sqlite3_reset(compiled_);
    if (code != SQLITE_DONE) of_.fail(code);
    return false;
}

void statement::run() {
    while (step()) {}
}

rows::~rows() { ::sqlite3_reset(of_.compiled_); }

std::string_view rows::text(int column) const {
    sqlite3_stmt* const row = of_.compiled_;
    if (::sqlite3_column_type(row, column) != SQLITE_TEXT)
        of_.of_.fail_as_corrupt("a text is none");
    auto const* const text = ::sqlite3_column_text(row, column);
    if (text == nullptr) throw std::bad_alloc();
    auto const size = static_cast<std::size_t>(::sqlite3_column_bytes(row, column));
    // NOLINTNEXTLINE(cppcoreguidelines-pro-type-reinterpret-cast): as SQLite has it
    return {reinterpret_cast<char const*>(text), size};
}

std::int64_t rows::number(int column) const {
    auto const found = number_or_null(column);
    if (!found) of_.of_.fail_as_corrupt("a number is missing");
    return *found;
}

std::optional<std::int64_t> rows::number_or_null(int column) const {
    switch (::sqlite3_column_type(of_.compiled_, column)) {
        case SQLITE_NULL: return std::nullopt;
        case SQLITE_INTEGER: return ::sqlite3_column_int64(of_.compiled_, column);
        default: of_.of_.fail_as_corrupt("a number is none");
    }
}

// ---- Transactions ------------------------------------------------------------------------

transaction::transaction(database& of, kind what) : of_(of) {
    of_.execute(what == kind::write ? "BEGIN IMMEDIATE" : "BEGIN");
}

void transaction::commit() { of_.execute("COMMIT"); }

// An error may have ended it already. Nothing else than its end can be done here, and where
// that fails, the connection's next statement does.
transaction::~transaction() {
    if (!of_.in_transaction()) return;
    try {
        of_.execute("ROLLBACK");
    } catch (...) {  // NOLINT(bugprone-empty-catch)
    }
}

}  // namespace rolecall::inline v0_1::sqlite
