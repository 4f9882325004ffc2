// Everything that can be done to the bytes of a small journal, one thing at a time: each is
// reported.
#include "journal/check.hpp"
#include "journal/raw_journal.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <random>
#include <string>
#include <utility>
#include <vector>

namespace rolecall::testing {
namespace {

// The small journal, and what somebody who has its key, or heads that were kept, says of it.
class trial {
public:
    trial() {
        with_key_.keys = {public_of(known_key(1))};
        with_heads_.heads = original.heads;
        files.contents = original.files.contents;
    }

    void restore() { files.contents = original.files.contents; }
    [[nodiscard]] journal_report with_key() { return trail::check(files, "j", with_key_, false); }
    [[nodiscard]] journal_report with_heads() {
        return trail::check(files, "j", with_heads_, false);
    }

    // Who has the key is told of something that is more than worth knowing.
    [[nodiscard]] bool is_told() {
        for (journal_finding const& f : with_key().findings)
            if (f.verdict != journal_verdict::note) return true;
        return false;
    }

    small_journal original;
    memory_files files;

private:
    journal_check_options with_key_, with_heads_;
};

std::string path_of(std::uint32_t writer, std::uint64_t segment) {
    return "j/writer-" + std::to_string(writer) + '/' + trail::segment_name(segment);
}

// The frames of all segments of writer 1, each with where it is.
struct part {
    std::string path;
    std::size_t begin, end;
};
std::vector<part> frames_of_writer_1(memory_files const& files) {
    std::vector<part> parts;
    for (std::uint64_t s = 1; s <= 3; ++s) {
        std::string const& bytes = files.contents.at(path_of(1, s));
        std::vector<std::size_t> const starts = frame_starts(bytes);
        for (std::size_t i = 0; i + 1 < starts.size(); ++i)
            parts.push_back({path_of(1, s), starts[i], starts[i + 1]});
    }
    return parts;
}

}  // namespace

TEST_CASE("a journal as it was written is good, with notes at most") {
    trial t;
    CHECK_FALSE(t.is_told());
    CHECK(t.with_key().good());
    CHECK(t.with_heads().good());
}

TEST_CASE("each byte that is changed is reported") {
    trial t;
    std::mt19937 random(20261123);
    std::size_t tried = 0;
    for (auto const& [path, bytes] : t.original.files.contents) {
        std::string& changed = t.files.contents[path];
        for (std::size_t i = 0; i < bytes.size(); ++i) {
            // One bit, so that it is the smallest change that there is.
            changed[i] = static_cast<char>(bytes[i] ^ (1 << (random() % 8)));
            bool const told = t.is_told();
            bool const bad = !t.with_heads().good();
            if (!told || !bad) FAIL_CHECK(path << ", byte " << i << ": " << told << ' ' << bad);
            changed[i] = bytes[i];
            ++tried;
        }
    }
    CHECK(tried > 4000);
    CHECK(t.with_heads().good());
}

TEST_CASE("a change before the newest segment is bad without any head, at the frame where it is") {
    trial t;
    for (part const& p : frames_of_writer_1(t.files)) {
        if (p.path == path_of(1, 3)) continue;
        std::string& bytes = t.files.contents[p.path];
        std::size_t const at = (p.begin + p.end) / 2;
        bytes[at] = static_cast<char>(bytes[at] ^ 0x10);
        journal_report const report = t.with_key();
        REQUIRE_FALSE(report.good());
        CHECK(report.findings.front().verdict == journal_verdict::bad);
        CHECK(path_of(1, report.findings.front().segment) == p.path);
        CHECK(report.findings.front().offset == p.begin);
        t.restore();
    }
}

TEST_CASE("each file that is cut, at whatever place, is reported") {
    trial t;
    for (auto const& [path, bytes] : t.original.files.contents) {
        bool const newest = path == path_of(1, 3) || path == path_of(2, 2);
        std::vector<std::size_t> const starts = frame_starts(bytes);
        for (std::size_t size = 0; size < bytes.size(); ++size) {
            t.files.contents[path].resize(size);
            if (t.with_heads().good()) FAIL_CHECK(path << " cut at " << size << ", with heads");
            // Without a head, an end that is cut between frames is one that was never longer.
            bool const between = std::find(starts.begin(), starts.end(), size) != starts.end();
            if (!(newest && between) && !t.is_told())
                FAIL_CHECK(path << " cut at " << size << ", without heads");
            if (!newest && t.with_key().good()) FAIL_CHECK(path << " cut at " << size);
            t.files.contents[path] = bytes;
        }
        t.files.contents.erase(path);
        if (t.with_heads().good()) FAIL_CHECK(path << " removed, with heads");
        if (!newest && t.with_key().good()) FAIL_CHECK(path << " removed");
        t.restore();
    }
}

TEST_CASE("a cut with zeros behind it is reported as one without them") {
    trial t;
    std::string& bytes = t.files.contents[path_of(1, 2)];
    std::size_t const size = bytes.size();
    bytes.resize(frame_starts(bytes)[3]);
    bytes.resize(size + 4096);
    CHECK_FALSE(t.with_key().good());
}

TEST_CASE("two frames that are swapped, in one segment or between segments, are reported") {
    trial t;
    std::vector<part> const parts = frames_of_writer_1(t.files);
    for (std::size_t a = 0; a < parts.size(); ++a) {
        for (std::size_t b = a + 1; b < parts.size(); ++b) {
            auto const& before = t.original.files.contents;
            std::string const one =
                before.at(parts[a].path).substr(parts[a].begin, parts[a].end - parts[a].begin);
            std::string const two =
                before.at(parts[b].path).substr(parts[b].begin, parts[b].end - parts[b].begin);
            t.files.contents[parts[b].path].replace(parts[b].begin, two.size(), one);
            t.files.contents[parts[a].path].replace(parts[a].begin, one.size(), two);
            if (!t.is_told() || t.with_heads().good()) FAIL_CHECK("frames " << a << " and " << b);
            t.restore();
        }
    }
}

TEST_CASE("a frame that is taken out, or stands twice, is reported") {
    trial t;
    for (part const& p : frames_of_writer_1(t.files)) {
        std::string const& bytes = t.original.files.contents[p.path];
        std::string const frame = bytes.substr(p.begin, p.end - p.begin);
        t.files.contents[p.path].erase(p.begin, frame.size());
        CHECK_FALSE(t.with_heads().good());
        t.restore();
        t.files.contents[p.path].insert(p.end, frame);
        CHECK(t.is_told());
        t.restore();
    }
}

TEST_CASE("segments and writers that change places are reported") {
    trial t;
    std::vector<std::pair<std::string, std::string>> const pairs{
        {path_of(1, 1), path_of(1, 2)}, {path_of(1, 2), path_of(1, 3)},
        {path_of(1, 1), path_of(1, 3)}, {path_of(1, 1), path_of(2, 1)},
        {path_of(1, 2), path_of(2, 2)}, {path_of(1, 3), path_of(2, 1)}};
    for (auto const& [a, b] : pairs) {
        std::swap(t.files.contents[a], t.files.contents[b]);
        CHECK_FALSE(t.with_key().good());
        CHECK_FALSE(t.with_heads().good());
        t.restore();
    }
    // A whole writer in the place of another.
    std::map<std::string, std::string> moved;
    for (auto const& [path, bytes] : t.original.files.contents) {
        std::string to = path;
        if (to.starts_with("j/writer-")) to[9] = to[9] == '1' ? '2' : '1';
        moved[to] = bytes;
    }
    t.files.contents = moved;
    CHECK_FALSE(t.with_key().good());
    CHECK_FALSE(t.with_heads().good());
}

TEST_CASE("a segment under another number, one too many, and one that stands twice are reported") {
    trial t;
    t.files.contents[path_of(1, 4)] = t.files.contents[path_of(1, 3)];
    CHECK(t.is_told());
    t.restore();
    t.files.contents[path_of(1, 7)] = t.files.contents[path_of(1, 3)];
    t.files.contents.erase(path_of(1, 3));
    CHECK(t.is_told());
    CHECK_FALSE(t.with_heads().good());
}

TEST_CASE("frames, segments and writers of another journal are reported") {
    trial t;
    small_journal const other("fedcba9876543210");
    for (part const& p : frames_of_writer_1(t.files)) {
        std::string const& theirs = other.files.contents.at(p.path);
        t.files.contents[p.path].replace(p.begin, p.end - p.begin,
                                         theirs.substr(p.begin, p.end - p.begin));
        CHECK(t.is_told());
        CHECK_FALSE(t.with_heads().good());
        t.restore();
    }
    for (auto const& [path, bytes] : other.files.contents) {
        t.files.contents[path] = bytes;
        CHECK_FALSE(t.with_key().good());
        CHECK_FALSE(t.with_heads().good());
        t.restore();
    }
    t.files.contents = other.files.contents;
    CHECK_FALSE(t.with_heads().good());
}

TEST_CASE("a writer that is gone is missed, if a later one or a head is there") {
    trial t;
    for (std::uint64_t s = 1; s <= 3; ++s) t.files.contents.erase(path_of(1, s));
    CHECK_FALSE(t.with_key().good());
    CHECK_FALSE(t.with_heads().good());
    t.restore();
    for (std::uint64_t s = 1; s <= 2; ++s) t.files.contents.erase(path_of(2, s));
    CHECK_FALSE(t.with_heads().good());
}

namespace {

// Writes writer 1 anew, with another record in its first batch and all hashes as they should be.
void rebuild(memory_files& files, std::string const& checkpoints) {
    trail::signing_key const another = known_key(2);
    std::map<std::string, std::string> const before = files.contents;
    raw_chain chain(files, "j", "0123456789abcdef", 1, 1'700'000'000'000'000'001);
    for (std::uint64_t s = 1; s <= 3; ++s) {
        std::string const old = before.at(path_of(1, s));
        chain.open_segment();
        std::vector<std::size_t> const starts = frame_starts(old);
        for (std::size_t i = 1; i + 1 < starts.size(); ++i) {
            char const kind = old[starts[i] + 4];
            std::string payload = old.substr(starts[i] + 64, starts[i + 1] - starts[i] - 96);
            if (std::size_t const at = payload.find("c-0"); at != std::string::npos)
                payload[at + 2] = '9';
            chain.time += 100;
            if (kind == 2)
                chain.batch(raw_bytes().raw(payload),
                            static_cast<std::uint8_t>(old[starts[i] + 12]));
            else if (kind == 4)
                chain.close();
            else if (checkpoints == "another key")
                chain.checkpoint(another);
            else if (checkpoints == "copied")
                chain.bytes() += old.substr(starts[i], starts[i + 1] - starts[i]);
        }
    }
}

}  // namespace

TEST_CASE("a chain that was rebuilt without the key is reported to who has the key or a head") {
    for (std::string const checkpoints : {"none", "another key", "copied"}) {
        CAPTURE(checkpoints);
        trial t;
        rebuild(t.files, checkpoints);
        CHECK_FALSE(t.with_key().good());
        CHECK_FALSE(t.with_heads().good());
    }
}

TEST_CASE("records behind the last checkpoint show as signed by nobody") {
    trial t;
    std::string& bytes = t.files.contents[path_of(1, 3)];
    std::vector<std::size_t> const starts = frame_starts(bytes);
    std::string const last = bytes.substr(starts[starts.size() - 2]);
    std::string const forged =
        raw_frame(2, 1, 15, 1'700'000'000'000'099'000, last.substr(last.size() - 32),
                  raw_decision(1'700'000'000'000'099'000, 5, 0, "forged").is);
    bytes += forged;
    journal_report const report = t.with_key();
    CHECK(report.good());
    bool told = false;
    for (journal_finding const& f : report.findings)
        told = told || f.text.find("nobody has signed 1 record") != std::string::npos;
    CHECK(told);
    // The head is of what came before it, so all of that stands.
    CHECK(t.with_heads().good());
}

}  // namespace rolecall::testing
