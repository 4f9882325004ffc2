// A small journal on the real disk, written through chain_writer, and what it holds: two policies,
// actors, decisions with facts and records, every other kind of record, two segments for each
// writer, and signed checkpoints.
#ifndef ROLECALL_TESTS_JOURNAL_SAMPLE_CHAIN_HPP
#define ROLECALL_TESTS_JOURNAL_SAMPLE_CHAIN_HPP

#include "journal/chain_writer.hpp"
#include "journal/journal_key.hpp"
#include "journal/signing.hpp"
#include "support/temporary_directory.hpp"
#include <rolecall/journal_head.hpp>
#include <rolecall/journal_record.hpp>

#include <cstdint>
#include <string>
#include <vector>

namespace rolecall::testing {

class sample_chain {
public:
    /// Throws std::runtime_error where the disk refuses.
    explicit sample_chain(std::uint32_t writers = 1);

    [[nodiscard]] std::string const& path() const noexcept { return path_; }
    /// `segment_path(1, 2)`: the file of writer 1's second segment.
    [[nodiscard]] std::string segment_path(std::uint32_t writer, std::uint64_t segment) const;
    /// The records of a writer, as a reader should give them; they are a second apart, and those
    /// of writer 2 a microsecond after those of writer 1.
    [[nodiscard]] std::vector<journal_record> const& records(std::uint32_t writer = 1) const {
        return records_.at(writer - 1);
    }
    /// The end of each writer's chain, signed.
    [[nodiscard]] std::vector<journal_head> const& heads() const noexcept { return heads_; }
    [[nodiscard]] trail::signing_key const& key() const noexcept { return key_; }
    /// PEM files of the key.
    [[nodiscard]] std::string const& key_path() const noexcept { return key_file_.path(); }
    [[nodiscard]] std::string const& public_key_path() const noexcept { return public_path_; }

    static constexpr std::int64_t first_time = 1'795'392'000'000'000'000;

private:
    void write(std::uint32_t writer);

    temporary_directory here_;
    journal_key_file key_file_;
    trail::signing_key key_;
    std::string path_, public_path_;
    std::vector<std::vector<journal_record>> records_;
    std::vector<journal_head> heads_;
};

/// Does what has to succeed. Throws std::runtime_error where it did not.
void demand(trail::trouble const& what);

}  // namespace rolecall::testing

#endif
