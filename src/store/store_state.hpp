// What a user_store does, and what it keeps.
//
//     apply ─▶ write lock of the file ─▶ look ─▶ edits, check, log ─▶ commit ─▶ look
//     thread, refresh ─▶ look
//
//     look: is it still the file that was opened? has anybody committed since the last look?
//           ─▶ read the log, then the users that it names, in one transaction
//           ─▶ one change of the copy in memory ─▶ tell the authorizers
//
// INVARIANT: the copy in memory only ever shows what the file said at one moment, each later than
// the one before. Own changes come into it the same way as those of others: read from the file.
//
// INVARIANT: `roles_of` answers only while the copy is known to be no older than
// `unavailable_after_ms`, by a clock that the reader reads itself.
#ifndef ROLECALL_SRC_STORE_STORE_STATE_HPP
#define ROLECALL_SRC_STORE_STORE_STATE_HPP

#include "directory/writer_first_lock.hpp"
#include "store/open_file.hpp"
#include "store/user_tables.hpp"
#include <rolecall/assignments.hpp>
#include <rolecall/user_store.hpp>

#include <atomic>
#include <condition_variable>
#include <cstdint>
#include <limits>
#include <memory>
#include <mutex>
#include <optional>
#include <shared_mutex>
#include <span>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

namespace rolecall::inline v0_1::detail {

class store_state {
public:
    store_state(std::string path, user_store_options const& options);
    store_state(store_state const&) = delete;
    store_state& operator=(store_state const&) = delete;
    ~store_state() = default;

    void start();
    void stop() noexcept;

    edit_report apply(std::span<user_edit const> edits, edit_options const& options);
    bool refresh();

    user_lookup roles_of(std::string_view id, role_taker& take) const;
    bool each_user(user_visitor& visit) const;
    void notify(users_changed const& tell);

    [[nodiscard]] std::size_t size() const;
    [[nodiscard]] user_store_status status() const;
    [[nodiscard]] std::string const& path() const noexcept { return path_; }

    /// Whether this process is a child of the one that opened the store: then no lock may be
    /// taken, and the connection may not even be closed.
    [[nodiscard]] bool inherited() const noexcept { return file_.inherited(); }

private:
    static constexpr std::int64_t always = std::numeric_limits<std::int64_t>::max();
    static constexpr std::int64_t never = std::numeric_limits<std::int64_t>::min();

    class fresh_while_locked;

    void must_be_here() const;
    [[nodiscard]] bool available() const noexcept;

    // Under file_lock_.
    void begin_writing(std::unique_lock<std::mutex>& hold,
                       std::optional<sqlite::transaction>& writing);
    void show_what_was_committed() noexcept;
    bool look(std::int64_t own_transactions);
    bool catch_up(std::int64_t own_transactions);
    void reload();
    void read_again(std::vector<std::string> const& ids);
    void tell_all();

    void seen_at(std::int64_t began) noexcept;
    void note(user_store_error const& problem) noexcept;
    void note(char const* problem) noexcept;
    void run() noexcept;

    // Set once.
    std::string const path_;  // as the user wrote it
    user_store_options const options_;

    // The file, and what was seen of it. Whoever holds the lock uses the connection.
    std::mutex file_lock_;
    user_file::open_file file_;
    user_file::user_tables tables_;
    std::optional<user_file::change_log> log_;  // none in a file of an older schema
    user_file::change_state seen_;
    std::int64_t data_version_ = -1;  // -1: nothing was read yet
    bool damaged_ = false;            // for good

    // The copy, which is replaced where too much has changed.
    directory::writer_first_lock mutable copy_lock_;
    std::unique_ptr<assignments> copy_;

    // Until when the copy may be shown.
    std::atomic<std::int64_t> fresh_until_{never};
    std::atomic<std::int64_t> looked_at_{-1};

    std::mutex listeners_lock_;
    std::vector<users_changed> listeners_;

    std::mutex mutable status_lock_;
    std::string problem_;
    std::uint64_t changes_seen_ = 0;

    std::thread thread_;
    std::mutex sleep_lock_;
    std::condition_variable wake_;
    bool stopping_ = false;
};

}  // namespace rolecall::inline v0_1::detail

#endif
