// Reads the records of all writers of a journal, on any file system: what journal_reader does.
#ifndef ROLECALL_SRC_JOURNAL_RECORD_READER_HPP
#define ROLECALL_SRC_JOURNAL_RECORD_READER_HPP

#include "journal/chain_walk.hpp"
#include "journal/entry_reader.hpp"
#include "journal/files.hpp"
#include <rolecall/journal_reader.hpp>

#include <cstdint>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

namespace rolecall::inline v0_1::trail {

class record_reader {
public:
    /// Where somebody may be writing, it looks again before it says that an end is unfinished.
    record_reader(file_system& files, std::string folder, journal_reader_options options,
                  bool somebody_writes = true);

    [[nodiscard]] std::string const& problem() const noexcept { return problem_; }
    [[nodiscard]] journal_record const* next();
    [[nodiscard]] std::vector<std::string> const& problems() const noexcept { return problems_; }

private:
    // Where the reading of one writer is.
    struct source {
        source(file_system& files, std::string const& folder, identity const& journal,
               std::uint32_t number, std::uint64_t wanted_after)
            : writer(number), after(wanted_after), walk(files, folder, journal, number) {}

        std::uint32_t writer;
        std::uint64_t after;
        chain_walk walk;
        std::unique_ptr<entry_reader> entries;
        journal_record record;
        std::uint64_t frame_at = 0;  // its place in the segment
        std::uint64_t given = 0;     // the last sequence number that was read
        bool has = false;            // a record that was not given yet
        bool ended = false;          // there was no more when it was last looked at
        bool reading = false;        // within a payload
        std::set<std::pair<std::uint64_t, std::uint64_t>> reported;  // loose ends
    };

    bool find_new_writers();
    void fill(source& of);
    frame const* next_frame(source& of);
    void begin(source& of, frame const& is);
    void report(source& of);
    void complain(source const& of, std::uint64_t segment, std::uint64_t offset,
                  std::string const& what);

    file_system& files_;
    std::string folder_;
    journal_reader_options options_;
    bool somebody_writes_;
    identity journal_{};
    std::vector<std::unique_ptr<source>> sources_;  // by writer
    source* last_ = nullptr;                        // whose record was given
    std::string problem_;
    std::vector<std::string> problems_;
};

}  // namespace rolecall::inline v0_1::trail

#endif
