#include "journal/record_reader.hpp"
#include <rolecall/journal_reader.hpp>

#include <utility>

namespace rolecall::inline v0_1 {

class detail::journal_reader_state : public trail::record_reader {
    using record_reader::record_reader;
};

journal_reader::journal_reader(std::string folder, journal_reader_options const& options)
    : state_(new detail::journal_reader_state(trail::real_files(), std::move(folder), options)) {}

journal_reader::journal_reader(journal_reader&& other) noexcept
    : state_(std::exchange(other.state_, nullptr)) {}

journal_reader::~journal_reader() { delete state_; }

journal_reader::operator bool() const noexcept { return state_->problem().empty(); }

std::string const& journal_reader::problem() const noexcept { return state_->problem(); }

journal_record const* journal_reader::next() { return state_->next(); }

std::vector<std::string> const& journal_reader::problems() const noexcept {
    return state_->problems();
}

}  // namespace rolecall::inline v0_1
