#include "store/store_state.hpp"

#include "store/clock.hpp"
#include "store/schema.hpp"

#include <algorithm>
#include <exception>
#include <new>
#include <utility>

namespace rolecall::inline v0_1::detail {

using user_file::now_ms;
using kind = user_store_error::kind;
using sqlite::transaction;

namespace {

// Counts what can be waited for from the smallest to the largest that makes sense.
user_store_options sensible(user_store_options options) noexcept {
    constexpr unsigned shortest_poll_ms = 10;
    options.poll_ms = std::max(options.poll_ms, shortest_poll_ms);
    options.unavailable_after_ms = std::max(options.unavailable_after_ms, options.poll_ms);
    return options;
}

}  // namespace

store_state::store_state(std::string path, user_store_options const& options)
    : path_(std::move(path)),
      options_(sensible(options)),
      file_(path_, options_),
      tables_(file_.connection()) {
    look(0);
    file_.is_good();
    changes_seen_ = 0;
}

void store_state::must_be_here() const {
    if (inherited())
        throw user_store_error(kind::forked,
                               path_ +
                                   ": it was open when this process was forked; fork before it "
                                   "is opened, or start another program");
}

// ---- Asked ---------------------------------------------------------------------------------

bool store_state::available() const noexcept {
    return !inherited() && now_ms() <= fresh_until_.load(std::memory_order_acquire);
}

user_lookup store_state::roles_of(std::string_view id, role_taker& take) const {
    if (!available()) return user_lookup::unavailable;
    std::shared_lock const hold(copy_lock_);
    return copy_->roles_of(id, take);
}

bool store_state::each_user(user_visitor& visit) const {
    if (!available()) return false;
    std::shared_lock const hold(copy_lock_);
    return copy_->each_user(visit);
}

std::size_t store_state::size() const {
    if (inherited()) return 0;
    std::shared_lock const hold(copy_lock_);
    return copy_->size();
}

user_store_status store_state::status() const {
    user_store_status result;
    if (inherited()) {
        result.problem = "opened before this process was forked";
        return result;
    }
    result.users = size();
    result.available = available();
    std::int64_t const looked_at = looked_at_.load(std::memory_order_relaxed);
    if (looked_at >= 0) result.ms_since_look = std::max<std::int64_t>(0, now_ms() - looked_at);
    std::scoped_lock const hold(status_lock_);
    result.changes_seen = changes_seen_;
    result.problem = problem_;
    return result;
}

void store_state::notify(users_changed const& tell) {
    if (inherited()) return;
    std::scoped_lock const hold(listeners_lock_);
    std::erase_if(listeners_, [](users_changed const& old) { return old.expired(); });
    listeners_.push_back(tell);
}

void store_state::tell_all() {
    std::scoped_lock const hold(listeners_lock_);
    for (users_changed const& tell : listeners_) tell();
}

// ---- Looking -------------------------------------------------------------------------------

bool store_state::refresh() {
    must_be_here();
    std::scoped_lock const hold(file_lock_);
    return look(0);
}

// Whether anything has changed. What goes wrong is remembered for those who only ask.
bool store_state::look(std::int64_t own_transactions) {
    try {
        std::int64_t const began = now_ms();
        file_.must_lie_at_its_path();
        transaction const reading(file_.connection(), transaction::kind::read);
        bool const changed = catch_up(own_transactions);
        seen_at(began);
        return changed;
    } catch (user_store_error const& problem) {
        note(problem);
        throw;
    } catch (std::bad_alloc const&) {
        note("memory ran out while it was read");
        throw;
    }
}

// Makes the copy what the file says in the transaction that the caller has begun.
bool store_state::catch_up(std::int64_t own_transactions) {
    sqlite::database& file = file_.connection();
    if (damaged_) file.fail_as_corrupt("as was seen before");
    int const schema = user_file::schema_of(file);
    std::int64_t const data_version = file.number_of("PRAGMA data_version");
    bool const by_others = data_version != data_version_;
    if (!by_others && own_transactions == 0) return false;

    if (schema >= user_file::schema_with_log && !log_) log_.emplace(file);
    user_file::change_state now = log_ ? log_->state() : user_file::change_state{};
    std::int64_t const new_transactions = now.transactions - seen_.transactions;
    // Somebody may have changed the file by other means, past the log.
    bool const unlogged = by_others && new_transactions == own_transactions;
    bool changed = true;
    if (data_version_ < 0 || !log_ || unlogged || new_transactions < own_transactions ||
        now.last < seen_.last || seen_.last < now.complete_after) {
        reload();
    } else {
        auto const ids = log_->users_after(seen_.last);
        changed = !ids.empty();
        read_again(ids);
    }
    {
        std::scoped_lock const hold(status_lock_);
        changes_seen_ += static_cast<std::uint64_t>(std::max<std::int64_t>(1, new_transactions));
    }
    seen_ = now;
    data_version_ = data_version;
    if (changed) tell_all();
    return changed;
}

void store_state::reload() {
    auto fresh = std::make_unique<assignments>();
    tables_.load(*fresh);
    std::unique_lock const hold(copy_lock_);
    copy_.swap(fresh);
}

void store_state::read_again(std::vector<std::string> const& ids) {
    std::vector<user_edit> edits;
    edits.reserve(ids.size() * 3);
    for (std::string const& id : ids) {
        edits.push_back(user_edit::remove_user(id));
        if (!tables_.contains(id)) continue;
        edits.push_back(user_edit::add_user(id));
        for (user_role const& role : tables_.roles_of(id))
            edits.push_back(user_edit::assign(id, role.role, role.until));
    }
    copy_->apply(edits);
}

void store_state::seen_at(std::int64_t began) noexcept {
    fresh_until_.store(began + options_.unavailable_after_ms, std::memory_order_release);
    looked_at_.store(began, std::memory_order_relaxed);
    std::scoped_lock const hold(status_lock_);
    problem_.clear();
}

// What is damaged, of a newer version or not there is no basis for any answer. Of what could
// not be read this time, the copy is good for a while.
void store_state::note(user_store_error const& problem) noexcept {
    note(problem.what());
    kind const why = problem.why();
    if (why == kind::corrupt || why == kind::not_ours) damaged_ = true;
    if (damaged_ || why == kind::newer || why == kind::gone)
        fresh_until_.store(never, std::memory_order_release);
}

void store_state::note(char const* problem) noexcept {
    std::scoped_lock const hold(status_lock_);
    try {
        problem_ = problem;
    } catch (std::bad_alloc const&) {
        problem_.clear();
        problem_ += '?';  // fits without memory
    }
}

}  // namespace rolecall::inline v0_1::detail
