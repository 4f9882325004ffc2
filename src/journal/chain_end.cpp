#include "journal/chain_end.hpp"

#include "journal/folder.hpp"
#include "journal/note_details.hpp"
#include "journal/segment_reader.hpp"

#include <algorithm>
#include <charconv>
#include <cstddef>
#include <optional>
#include <string_view>
#include <utility>
#include <vector>

namespace rolecall::inline v0_1::trail {
namespace {

// What one segment says, up to its last whole frame or to one that is named.
class segment_look {
public:
    segment_look(std::unique_ptr<file> of, std::string path)
        : path_(std::move(path)), reader_(std::move(of)) {}

    // Trouble: it is damaged. `last` ends it where the next segment says so.
    trouble read(identity const& journal, std::uint32_t writer, std::uint64_t number,
                 std::optional<hash> const& last) {
        frame const* next = reader_.next();
        if (next == nullptr)
            return reader_.why() == frames_end::unreadable ? unreadable() : trouble{};
        auto const begin = read_opening(next->payload);
        if (next->head.kind != frame_kind::opening || !begin || begin->journal != journal ||
            begin->writer != writer || begin->segment != number)
            return damaged("does not begin as it should");
        previous = next->head.previous;
        end.segment = number;
        for (; next != nullptr; next = reader_.next()) {
            if (next->head.kind == frame_kind::opening && next->offset != 0)
                return damaged("has an opening in its middle");
            if (next->offset != 0 &&
                (next->head.previous != end.last || next->head.first != end.next))
                return damaged("has frames that do not follow each other");
            if (trouble why = take(*next)) return why;
            if (last && end.last == *last) break;
        }
        if (next == nullptr && reader_.why() == frames_end::unreadable) return unreadable();
        if (last && end.last != *last) return damaged("lacks the frame that the next one names");
        return {};
    }

    chain_end end;
    hash previous{};
    bool has_batch = false;
    std::optional<journal_record> last_record;
    std::uint64_t run = 0;
    std::string key;
    std::int64_t time = 0;
    entry_reader entries;

private:
    trouble take(frame const& of) {
        end.bytes = of.offset + frame_extra_bytes + of.payload.size();
        end.next = of.head.first + of.head.records;
        end.last = of.own;
        end.closed = of.head.kind == frame_kind::closing;
        end.checkpoint = of.head.kind == frame_kind::checkpoint;
        time = of.head.time;
        if (end.checkpoint) {
            auto const head = parse_journal_head(
                {reinterpret_cast<char const*>(of.payload.data()), of.payload.size()});
            if (head && !head->key.empty()) key = head->key;
        }
        if (of.head.kind != frame_kind::batch) return {};
        has_batch = true;
        std::string const wrong =
            entries.read(of.payload, of.head.first, of.head.records,
                         [&](journal_record&& r) { return note(std::move(r)); });
        return wrong.empty() ? trouble{} : damaged("holds entries that can't be read: " + wrong);
    }

    bool note(journal_record&& record) {
        if (record.note == journal_note::started) {
            std::string_view const digits = detail_of(record, "run");
            std::from_chars(digits.data(), digits.data() + digits.size(), run);
            if (std::string_view const named = detail_of(record, "key"); !named.empty())
                key = named;
        } else if (record.note == journal_note::key_changed) {
            key = detail_of(record, "to");
        }
        last_record = std::move(record);
        return true;
    }

    trouble damaged(std::string const& how) const { return {'`' + path_ + "` " + how, 0}; }
    trouble unreadable() const { return {'`' + path_ + "` can't be read", reader_.error()}; }

    std::string path_;
    segment_reader reader_;
};

// What a segment says of the run that wrote it last.
void keep_run(segment_look const& from, left_behind& found) {
    found.run = from.run;
    for (auto const& [slot, policy] : from.entries.policies())
        if (found.run == 0) found.run = policy.run;
    for (drained_entry const& d : from.entries.drained())
        if (found.run == 0) found.run = d.run;
    for (auto const& [slot, policy] : from.entries.policies())
        if (policy.run == found.run) found.policies.emplace(slot, policy);
    for (drained_entry const& d : from.entries.drained())
        if (d.run == found.run) found.drained.push_back(d);
    found.clean = from.last_record && from.last_record->note == journal_note::stopped;
}

trouble open_segment(file_system& files, std::string const& path, std::unique_ptr<file>& opened,
                     std::uint64_t& size) {
    int error = 0;
    opened = files.open(path, open_how::read, error);
    if (opened && !opened->is_private())
        return {'`' + path + "` can be written by others than its owner", 0};
    if (opened) error = opened->size(size);
    return error == 0 ? trouble{} : trouble{'`' + path + "` can't be opened", error};
}

// How many bytes from a place on stand there: zeros at the end of the file are none.
trouble bytes_from(file& of, std::string const& path, std::uint64_t from, std::uint64_t& are) {
    are = 0;
    std::vector<std::byte> piece(std::size_t{64} << 10U);
    for (std::uint64_t at = from;;) {
        io_result const got = read_all(of, at, piece);
        if (!got.ok()) return {'`' + path + "` can't be read", got.error};
        for (std::size_t i = got.done; i-- > 0;) {
            if (piece[i] == std::byte{}) continue;
            are = at + i + 1 - from;
            break;
        }
        if (got.done < piece.size()) return {};
        at += got.done;
    }
}

// Whether a whole frame stands anywhere in a file.
trouble look_for_frames(file_system& files, std::string const& path, std::uint64_t bytes,
                        bool& found) {
    found = false;
    std::uint64_t size = 0;
    std::unique_ptr<file> searched, read;
    if (trouble why = open_segment(files, path, searched, size)) return why;
    if (trouble why = open_segment(files, path, read, size)) return why;
    segment_reader reader(std::move(read));
    constexpr std::string_view magic = "RCJ1";
    std::string piece(std::size_t{64} << 10U, '\0');
    for (std::uint64_t at = 0; at < bytes && !found; at += piece.size() - magic.size() + 1) {
        io_result const got = read_all(*searched, at, std::as_writable_bytes(std::span(piece)));
        if (!got.ok()) return {'`' + path + "` can't be read", got.error};
        std::string_view const there = std::string_view(piece).substr(0, got.done);
        for (std::size_t i = there.find(magic); i != std::string_view::npos && !found;
             i = there.find(magic, i + 1)) {
            reader.skip_to(at + i);
            found = reader.next() != nullptr;
        }
    }
    return {};
}

// A segment gets its second frame after its opening is on the disk. Where the opening is torn,
// nothing was ever behind it; where something is, a hand or the disk changed what counted.
trouble remove_unbegun(file_system& files, std::string const& folder, std::string const& path,
                       std::uint64_t& bytes) {
    std::unique_ptr<file> opened;
    std::uint64_t size = 0;
    if (trouble why = open_segment(files, path, opened, size)) return why;
    if (trouble why = bytes_from(*opened, path, 0, bytes)) return why;
    bool has_frames = false;
    if (trouble why = look_for_frames(files, path, bytes, has_frames)) return why;
    if (has_frames) return {'`' + path + "` has frames, and no whole opening before them", 0};
    int error = files.remove(path);
    if (error == 0) error = files.sync_folder(folder);
    return error == 0 ? trouble{} : trouble{'`' + path + "` can't be removed", error};
}

}  // namespace

trouble find_end(file_system& files, std::string const& folder, identity const& journal,
                 std::uint32_t writer, chain_end& end, left_behind& found) {
    std::vector<std::uint64_t> numbers;
    if (trouble why = list_segments(files, folder, numbers)) return why;
    bool is_newest = true;
    std::optional<hash> named;
    while (!numbers.empty()) {
        std::uint64_t const number = numbers.back();
        std::string const path = folder + '/' + segment_name(number);
        std::unique_ptr<file> opened;
        std::uint64_t size = 0;
        if (trouble why = open_segment(files, path, opened, size)) return why;
        segment_look look(std::move(opened), path);
        if (trouble why = look.read(journal, writer, number, named)) return why;
        if (is_newest && look.end.segment == 0) {
            // Nobody got beyond making it.
            if (numbers.size() == 1 && number != 1)
                return {'`' + path + "` has no whole frame, and nothing is before it", 0};
            std::uint64_t bytes = 0;
            if (trouble why = remove_unbegun(files, folder, path, bytes)) return why;
            found.given_up += bytes;
            found.clean = false;
            numbers.pop_back();
            continue;
        }
        if (is_newest) {
            end = look.end;
            end.at_end = size == end.bytes;
            found.last_time = look.time;
            is_newest = false;
            if (!end.at_end) {
                std::uint64_t bytes = 0;
                if (trouble why = open_segment(files, path, opened, size)) return why;
                if (trouble why = bytes_from(*opened, path, end.bytes, bytes)) return why;
                found.given_up += bytes;
            }
        }
        if (found.last_key.empty()) found.last_key = look.key;
        if (look.has_batch) {
            bool const was_clean = found.clean;
            keep_run(look, found);
            found.clean = found.clean && was_clean;
            break;
        }
        if (number != 1 && (numbers.size() < 2 || numbers[numbers.size() - 2] != number - 1)) break;
        named = look.previous;
        numbers.pop_back();
    }
    return {};
}

trouble write_again(file_system& files, std::string const& path, std::uint64_t bytes) {
    int error = 0;
    auto const opened = files.open(path, open_how::write, error);
    if (!opened) return {'`' + path + "` can't be opened", error};
    std::vector<std::byte> piece(std::size_t{256} << 10U);
    for (std::uint64_t at = 0; at < bytes;) {
        auto const wanted =
            static_cast<std::size_t>(std::min<std::uint64_t>(piece.size(), bytes - at));
        io_result const got = read_all(*opened, at, std::span(piece).first(wanted));
        if (!got.ok() || got.done != wanted) return {'`' + path + "` can't be read", got.error};
        if ((error = write_all(*opened, at, bytes_view(piece).first(wanted))) != 0)
            return {'`' + path + "` can't be written", error};
        at += wanted;
    }
    error = opened->sync();
    return error == 0 ? trouble{} : trouble{'`' + path + "` can't be synced", error};
}

}  // namespace rolecall::inline v0_1::trail
