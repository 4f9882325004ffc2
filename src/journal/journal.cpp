#include "journal/journal_state.hpp"
#include "journal/run_notes.hpp"
#include <rolecall/detail/no_throw.hpp>
#include <rolecall/journal.hpp>

#include <string>
#include <utility>

namespace rolecall::inline v0_1 {

journal::journal(std::string const& folder, journal_options const& options)
    : state_(new detail::journal_state(folder, options)) {}

journal::journal(journal&& other) noexcept : state_(std::exchange(other.state_, nullptr)) {}

// In a child process there is no thread to wait for, and locks may be held by nobody: it forgets.
journal::~journal() {
    if (state_ != nullptr && !state_->inherited()) delete state_;
}

journal::operator bool() const noexcept { return state_ != nullptr && state_->is_open(); }

std::string journal::problem() const {
    return state_ != nullptr ? state_->problem() : "the journal was moved away";
}

recorded journal::operator()(audit_event const& event) noexcept {
    return state_ != nullptr ? state_->record(event) : recorded::no;
}

bool journal::sync(unsigned limit_ms) noexcept {
    return state_ != nullptr && detail::no_throw(false, [&] { return state_->sync(limit_ms); });
}

bool journal::note_configured(std::string_view name, std::string_view value) noexcept {
    return state_ != nullptr && detail::no_throw(false, [&] {
               return state_->note(journal_note::configured,
                                   {{"name", std::string(name)}, {"value", std::string(value)}});
           });
}

bool journal::note_read(std::string_view by, std::string_view how, std::string_view what) noexcept {
    return state_ != nullptr && detail::no_throw(false, [&] {
               return state_->note(journal_note::read, trail::read_details(by, how, what));
           });
}

bool journal::rotate() { return state_ != nullptr && state_->rotate(); }

std::int64_t journal::retain(std::int64_t before) {
    return state_ != nullptr ? state_->retain(before) : -1;
}

journal_head journal::head() { return state_ != nullptr ? state_->head() : journal_head{}; }

journal_status journal::status() const {
    if (state_ != nullptr) return state_->status();
    journal_status none;
    none.problem = problem();
    return none;
}

std::uint64_t journal::failures() const noexcept {
    return state_ != nullptr ? state_->failures() : 0;
}

}  // namespace rolecall::inline v0_1
