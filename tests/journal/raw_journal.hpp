// Journals that are put together byte by byte as docs/journal-format.md says, in memory, with no
// help of the code that writes them: for tests of what reads them.
#ifndef ROLECALL_TESTS_JOURNAL_RAW_JOURNAL_HPP
#define ROLECALL_TESTS_JOURNAL_RAW_JOURNAL_HPP

#include "journal/files.hpp"
#include "journal/frame.hpp"
#include "journal/signing.hpp"
#include <rolecall/journal_head.hpp>

#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace rolecall::testing {

/// Files in memory, to read. Folders are where a file is.
class memory_files : public trail::file_system {
public:
    std::map<std::string, std::string> contents;
    bool is_private = true;

    std::unique_ptr<trail::file> open(std::string const& path, trail::open_how how,
                                      int& error) override;
    int make_folder(std::string const& path) override;
    int list(std::string const& path, std::vector<std::string>& names) override;
    int folder_is_private(std::string const& path, bool& is) override;
    int publish(std::string const& temporary, std::string const& path) override;
    int remove(std::string const& path) override;
    int sync_folder(std::string const& path) override;
};

/// Bytes that grow.
class raw_bytes {
public:
    raw_bytes& u8(std::uint8_t n) { return number(n, 1); }
    raw_bytes& u16(std::uint16_t n) { return number(n, 2); }
    raw_bytes& u24(std::uint32_t n) { return number(n, 3); }
    raw_bytes& u32(std::uint32_t n) { return number(n, 4); }
    raw_bytes& u64(std::uint64_t n) { return number(n, 8); }
    raw_bytes& raw(std::string_view bytes) {
        is.append(bytes);
        return *this;
    }
    raw_bytes& text(std::string_view t) { return u16(static_cast<std::uint16_t>(t.size())).raw(t); }
    raw_bytes& list(std::vector<std::string> const& names) {
        u32(static_cast<std::uint32_t>(names.size()));
        for (std::string const& name : names) text(name);
        return *this;
    }
    /// An entry of a payload.
    raw_bytes& entry(std::uint8_t type, raw_bytes const& body) {
        return u8(type).u24(static_cast<std::uint32_t>(body.is.size())).raw(body.is);
    }

    std::string is;

private:
    raw_bytes& number(std::uint64_t n, int bytes) {
        for (int i = 0; i < bytes; ++i) is += static_cast<char>(n >> (8 * i));
        return *this;
    }
};

raw_bytes raw_policy(std::uint16_t slot, std::uint32_t version);  // of a small shop
raw_bytes raw_actor(std::uint32_t number, std::string_view user);
/// An allow on category `customer` with granting role `clerk`.
raw_bytes raw_decision(std::int64_t time, std::uint32_t actor, std::uint16_t slot,
                       std::string_view record);
raw_bytes raw_note(std::uint8_t what, std::int64_t time,
                   std::vector<std::pair<std::string, std::string>> const& details);

/// SHA-256.
std::string raw_hash(std::string_view bytes);
/// A whole frame.
std::string raw_frame(std::uint8_t kind, std::uint32_t records, std::uint64_t first,
                      std::int64_t time, std::string_view previous, std::string_view payload);

/// The chain of one writer, in files of `memory_files`.
class raw_chain {
public:
    raw_chain(memory_files& files, std::string folder, std::string identity, std::uint32_t writer,
              std::int64_t time);

    void open_segment();
    void batch(raw_bytes const& payload, std::uint32_t records);
    void checkpoint(trail::signing_key const& key);
    void close();
    /// Goes back to what was there when `place` was made, but for the files.
    struct place {
        std::string last;
        std::uint64_t next;
    };
    [[nodiscard]] place here() const { return {last_, next_}; }
    void go_back(place const& to) {
        last_ = to.last;
        next_ = to.next;
    }

    [[nodiscard]] std::string path() const;
    [[nodiscard]] std::string& bytes() { return files_.contents[path()]; }
    [[nodiscard]] journal_head head() const;
    [[nodiscard]] std::uint64_t next() const { return next_; }
    [[nodiscard]] std::uint64_t segment() const { return segment_; }
    [[nodiscard]] std::string const& last() const { return last_; }
    std::int64_t time;

private:
    void add(std::uint8_t kind, std::uint32_t records, std::string_view payload);

    memory_files& files_;
    std::string folder_, identity_;
    std::uint32_t writer_;
    std::uint64_t segment_ = 0, next_ = 1;
    std::string last_ = std::string(32, '\0');
};

/// Where the frames of a segment begin; at its end, where they end.
std::vector<std::size_t> frame_starts(std::string const& segment);

/// Keys that everybody knows, of RFC 8032.
trail::signing_key known_key(int number);  // 1 or 2
journal_public_key public_of(trail::signing_key const& key);

/// A small journal in folder `j`: two writers, several segments, signed by key 1.
struct small_journal {
    explicit small_journal(std::string_view identity = "0123456789abcdef", int key = 1);

    memory_files files;
    std::vector<journal_head> heads;  // of the ends
};

}  // namespace rolecall::testing

#endif
