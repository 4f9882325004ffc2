#include "store/store_state.hpp"
#include <rolecall/user_store.hpp>

#include <memory>
#include <utility>

namespace rolecall::inline v0_1 {

user_store::user_store(std::string path, user_store_options const& options) {
    auto made = std::make_unique<detail::store_state>(std::move(path), options);
    made->start();
    state_ = made.release();
}

user_store::~user_store() {
    // What a child process inherited stays as it was: closing the connection there could take
    // the parent's locks, and the thread that would have to end is not there.
    if (state_->inherited()) return;
    state_->stop();
    delete state_;
}

edit_report user_store::apply(std::span<user_edit const> edits, edit_options const& options) {
    return state_->apply(edits, options);
}

user_lookup user_store::roles_of(std::string_view id, role_taker& take) const {
    return state_->roles_of(id, take);
}

bool user_store::each_user(user_visitor& visit) const { return state_->each_user(visit); }

void user_store::notify(users_changed const& tell) { state_->notify(tell); }

bool user_store::refresh() { return state_->refresh(); }

std::size_t user_store::size() const { return state_->size(); }

user_store_status user_store::status() const { return state_->status(); }

std::string const& user_store::path() const& noexcept { return state_->path(); }

}  // namespace rolecall::inline v0_1
