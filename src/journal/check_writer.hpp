// Checks what one writer wrote: first reads all of it, then, when all writers were read and so all
// keys are known, says who vouches for it.
#ifndef ROLECALL_SRC_JOURNAL_CHECK_WRITER_HPP
#define ROLECALL_SRC_JOURNAL_CHECK_WRITER_HPP

#include "journal/chain_walk.hpp"
#include "journal/entry_reader.hpp"
#include "journal/files.hpp"
#include "journal/frames_behind.hpp"
#include "journal/trusted_keys.hpp"
#include <rolecall/journal_check.hpp>

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace rolecall::inline v0_1::trail {

/// How many findings of one verdict are told of one writer.
inline constexpr std::size_t most_findings = 200;

/// `1 record`, `2 records`.
std::string several(std::uint64_t count, std::string_view what);

/// Tells a listener now and then.
class check_progress {
public:
    check_progress(journal_check_listener* listener, std::uint64_t total)
        : listener_(listener), total_(total) {}

    /// So many bytes of what is being read were read.
    void is_at(std::uint64_t bytes);
    /// All of that, and nothing else yet.
    void finish(std::uint64_t bytes);

private:
    journal_check_listener* listener_;
    std::uint64_t total_, before_ = 0, told_ = 0;
};

class check_writer {
public:
    check_writer(file_system& files, std::string const& folder, identity const& journal,
                 std::uint32_t writer, trusted_keys& keys, std::vector<journal_head> const& heads);

    void read(check_progress& progress, bool somebody_writes);
    void settle();

    /// Files and bytes are set by whoever looked at the folder.
    journal_writer_report report;
    std::vector<journal_finding> findings;
    std::uint64_t heads_checked = 0, signatures_checked = 0;

private:
    // A frame, and where the chain stood with it.
    struct point {
        std::uint64_t index = 0;  // 1: the first frame that was read
        std::uint64_t segment = 0, offset = 0, sequence = 0;
    };
    // A head that somebody signed or kept, and the frame that it is of.
    struct vouched {
        point at;
        journal_head head;
    };
    struct strangers {
        std::uint64_t checkpoints = 0;
        vouched first, last;
    };
    struct retained {
        point at;
        std::uint64_t through = 0, sequence = 0;
        std::string hash, before;
    };
    struct segment_end {
        std::string hash;
        std::uint64_t sequence = 0;
    };

    void take(frame const& is);
    void take_entries(frame const& is);
    void take_record(journal_record const& record);
    void take_note(journal_record const& note);
    void take_key_change(journal_record const& note);
    void take_checkpoint(frame const& is);
    void look_for_heads(frame const& is);
    void take_findings();

    void settle_late_keys();
    void settle_strangers();
    void settle_heads();
    void settle_missing();
    void settle_unsigned();
    void settle_loose_ends();
    void settle_given_up();
    journal_head const* who_vouches(frames_behind const& is);
    retained const* who_dropped(missing_segments const& gap) const;
    void is_trusted(point const& at);
    void add(journal_verdict verdict, point const& at, std::string text);

    file_system& files_;
    std::string folder_;
    identity journal_;
    std::string journal_text_;
    trusted_keys& keys_;
    chain_walk walk_;

    entry_reader entries_;
    journal_record record_;
    point now_;              // the frame that is being looked at
    std::int64_t time_ = 0;  // of that frame
    std::optional<point> trusted_;
    std::int64_t untrusted_since_ = 0;  // time of the first frame with records behind it
    std::uint64_t checkpoints_ = 0;
    bool only_readings_ = true;                   // and that somebody began to read, and stopped
    std::map<std::string, strangers> strangers_;  // by key
    std::vector<retained> retained_;
    std::vector<missing_segments> missing_;
    std::map<std::uint64_t, segment_end> ends_;  // by segment

    struct kept {
        journal_head head;
        bool found = false;
        point at;
    };
    std::vector<kept> heads_;
    std::unordered_multimap<std::string, std::size_t> heads_by_hash_;
    std::map<journal_verdict, std::size_t> told_;
};

}  // namespace rolecall::inline v0_1::trail

#endif
