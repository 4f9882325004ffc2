// SQLite's C interface as objects: a connection, a prepared statement, the rows of a question,
// and a transaction. What goes wrong is a user_store_error that names the file.
#ifndef ROLECALL_SRC_STORE_DATABASE_HPP
#define ROLECALL_SRC_STORE_DATABASE_HPP

#include <rolecall/detail/export.hpp>
#include <rolecall/user_store.hpp>

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

struct sqlite3;
struct sqlite3_stmt;

namespace rolecall::inline v0_1::sqlite {

/// A connection to a file that is there. One thread at a time.
class ROLECALL_API database {
public:
    enum class access : std::uint8_t { read, write };

    /// Opens the file, and neither reads nor locks nor changes it yet. The path is absolute.
    database(std::string path, access how);
    database(database const&) = delete;
    database& operator=(database const&) = delete;
    ~database();

    [[nodiscard]] std::string const& path() const noexcept { return path_; }

    /// The first bytes of the file itself, without those changes that lie in its log; zeros
    /// where it is shorter. Takes no lock.
    using header = std::array<unsigned char, 100>;
    [[nodiscard]] header first_bytes() const;

    /// Runs statements that give nothing.
    void execute(std::string const& sql);
    /// The first value of the first row, as a text; without a row, empty.
    [[nodiscard]] std::string text_of(std::string const& sql);
    [[nodiscard]] std::int64_t number_of(std::string const& sql);

    /// How long a statement waits for a lock of another connection.
    void wait_for_locks(unsigned ms) noexcept;
    /// Whether closing the last connection leaves the log where it is.
    void keep_log(bool keep) noexcept;
    /// Lets nothing in the file run code: neither triggers nor views, nor functions by a schema.
    void trust_nothing();

    /// Of the last statement that changed rows.
    [[nodiscard]] std::int64_t rows_changed() const noexcept;
    [[nodiscard]] bool in_transaction() const noexcept;
    /// Whether the system lets nothing be written to it.
    [[nodiscard]] bool is_read_only() const noexcept;

    /// The path of the log that belongs to the file.
    [[nodiscard]] std::string log_path() const;

    /// What a result code of SQLite means; throws std::bad_alloc, or a user_store_error.
    [[noreturn]] void fail(int code) const;
    /// Says that the file is damaged.
    [[noreturn]] void fail_as_corrupt(std::string_view what) const;

private:
    friend class statement;

    [[nodiscard]] int system_error() const noexcept;

    std::string path_;
    sqlite3* connection_ = nullptr;
};

/// A statement, compiled once. What is bound must live until it has run.
class ROLECALL_API statement {
public:
    statement(database& of, std::string_view sql);
    statement(statement const&) = delete;
    statement& operator=(statement const&) = delete;
    ~statement();

    /// Values in the order of the statement's `?`.
    template <class... Values>
    statement& with(Values const&... values) {
        int at = 0;
        (bind(++at, values), ...);
        return *this;
    }

    /// The value of one `?`, which are numbered from 1.
    template <class Value>
    statement& set(int at, Value const& value) {
        bind(at, value);
        return *this;
    }

    /// Runs one that gives no rows.
    void run();

private:
    friend class database;
    friend class rows;

    void bind(int at, std::string_view text);
    void bind(int at, std::int64_t number);
    void bind(int at, std::optional<std::int64_t> number);
    bool step();

    database& of_;
    sqlite3_stmt* compiled_ = nullptr;
};

/// The rows that a statement gives, one after the other. Ends it when it goes.
class ROLECALL_API rows {
public:
    explicit rows(statement& of) noexcept : of_(of) {}
    rows(rows const&) = delete;
    rows& operator=(rows const&) = delete;
    ~rows();

    [[nodiscard]] bool next() { return of_.step(); }

    /// A column of the row. Another type than that one says that the file is damaged. A text
    /// lives until the next row.
    [[nodiscard]] std::string_view text(int column) const;
    [[nodiscard]] std::int64_t number(int column) const;
    [[nodiscard]] std::optional<std::int64_t> number_or_null(int column) const;

private:
    statement& of_;
};

/// Until it is committed, it is taken back where its scope ends.
class ROLECALL_API transaction {
public:
    enum class kind : std::uint8_t {
        read,   ///< sees the file as it is at the first question, whatever others do
        write,  ///< is the only one to write
    };

    transaction(database& of, kind what);
    transaction(transaction const&) = delete;
    transaction& operator=(transaction const&) = delete;
    ~transaction();

    void commit();

private:
    database& of_;
};

}  // namespace rolecall::inline v0_1::sqlite

#endif
