// Puts records into a store.
#ifndef ROLECALL_SRC_TRAIL_STORE_STORE_WRITER_HPP
#define ROLECALL_SRC_TRAIL_STORE_STORE_WRITER_HPP

#include "store/database.hpp"
#include <rolecall/journal_record.hpp>

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

namespace rolecall::inline v0_1::trail {

/// Records in large transactions, each with how far its writers are then: what is in the file is
/// always a beginning of each chain, without a hole that the journal does not have.
///
/// Throws user_store_error and std::bad_alloc; then what was not committed is not there.
class store_writer {
public:
    /// How many records a transaction has: few enough to be held in memory.
    static constexpr std::uint64_t batch = 65'536;

    /// The file must have been opened to be filled, and must outlive this.
    explicit store_writer(sqlite::database& file);

    /// The journal that the file is of; empty in a new one.
    [[nodiscard]] std::string about(std::string_view name);
    void set_about(std::string_view name, std::string_view value);

    /// How far each writer is in the file.
    [[nodiscard]] std::map<std::uint32_t, std::uint64_t> const& writers() const noexcept {
        return writers_;
    }

    /// Puts a record behind those of its writer. One that the writer's owner dropped (a note
    /// `retained`) takes what was dropped out of the store too.
    void add(journal_record const& record);

    /// What was added since is on the disk.
    void commit();

private:
    [[nodiscard]] std::int64_t id_of_actor(audit_record const& event);
    [[nodiscard]] std::int64_t id_of_policy(audit_record const& event);
    std::string const& names_of(std::vector<std::string> const& of);
    std::string const& facts_of(
        std::vector<std::pair<std::string, std::optional<bool>>> const& facts);
    void drop(journal_record const& retained);
    void begin();

    sqlite::database& file_;
    sqlite::statement find_actor_, add_actor_, find_policy_, add_policy_, add_record_, drop_, set_;
    std::optional<sqlite::transaction> open_;
    std::uint64_t added_ = 0;  // in the transaction
    std::map<std::uint32_t, std::uint64_t> writers_;
    std::unordered_map<std::string, std::int64_t> actors_, policies_;
    std::unordered_map<std::string, std::string> names_, facts_;  // to their JSON
    std::string key_;                                             // used again
};

/// How far each writer is in a file.
[[nodiscard]] std::map<std::uint32_t, std::uint64_t> writers_in(sqlite::database& file);

}  // namespace rolecall::inline v0_1::trail

#endif
