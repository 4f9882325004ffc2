#include "journal/raw_journal.hpp"

#include "support/temporary_directory.hpp"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <filesystem>
#include <set>
#include <span>
#include <stdexcept>

namespace rolecall::testing {
namespace {

class memory_file : public trail::file {
public:
    explicit memory_file(std::string const& bytes) : bytes_(bytes) {}

    trail::io_result read_at(std::uint64_t offset, std::span<std::byte> to) noexcept override {
        if (offset >= bytes_.size()) return {};
        std::size_t const size = std::min(to.size(), bytes_.size() - offset);
        std::memcpy(to.data(), bytes_.data() + offset, size);
        return {size, 0};
    }
    trail::io_result write_at(std::uint64_t, trail::bytes_view) noexcept override {
        return {0, EBADF};
    }
    int sync() noexcept override { return EBADF; }
    int resize(std::uint64_t) noexcept override { return EBADF; }
    int allocate(std::uint64_t) noexcept override { return EBADF; }
    int size(std::uint64_t& is) noexcept override {
        is = bytes_.size();
        return 0;
    }
    bool is_private() noexcept override { return true; }
    int lock() noexcept override { return EBADF; }
    int is_locked(bool& is) noexcept override { return is = false, 0; }

private:
    std::string const& bytes_;  // of the map: it grows while somebody reads
};

std::string in_hex(std::string_view bytes) {
    return trail::hex(std::as_bytes(std::span(bytes.data(), bytes.size())));
}

}  // namespace

std::unique_ptr<trail::file> memory_files::open(std::string const& path, trail::open_how how,
                                                int& error) {
    auto const at = contents.find(path);
    if (how == trail::open_how::read && at != contents.end())
        return std::make_unique<memory_file>(at->second);
    error = how == trail::open_how::read ? ENOENT : EROFS;
    return nullptr;
}

int memory_files::make_folder(std::string const&) { return EROFS; }
int memory_files::publish(std::string const&, std::string const&) { return EROFS; }
int memory_files::remove(std::string const&) { return EROFS; }
int memory_files::sync_folder(std::string const&) { return EROFS; }

int memory_files::list(std::string const& path, std::vector<std::string>& names) {
    std::set<std::string> found;
    std::string const in = path + '/';
    for (auto const& [name, bytes] : contents)
        if (name.starts_with(in))
            found.insert(name.substr(in.size(), name.find('/', in.size()) - in.size()));
    names.assign(found.begin(), found.end());
    return found.empty() ? ENOENT : 0;
}

int memory_files::folder_is_private(std::string const&, bool& is) {
    is = is_private;
    return 0;
}

raw_bytes raw_policy(std::uint16_t slot, std::uint32_t version) {
    raw_bytes body;
    body.u16(slot).u64(7).u32(version).text("79731f41f968");
    body.list({"clerk", "manager"}).list({"customer", "", "payment"});
    body.list({"on-duty", "signed-in"}).list({"view", "edit", "delete"});
    return raw_bytes().entry(1, body);
}

raw_bytes raw_actor(std::uint32_t number, std::string_view user) {
    raw_bytes body;
    body.u32(number).u8(1).text(user).text("till 3");
    body.list({"clerk"}).list({"clerk", "manager"});
    return raw_bytes().entry(2, body);
}

raw_bytes raw_decision(std::int64_t time, std::uint32_t actor, std::uint16_t slot,
                       std::string_view record) {
    raw_bytes body;
    body.u64(static_cast<std::uint64_t>(time)).u32(actor).u32(0).u32(0).u16(slot);
    body.u8(1).u8(1).u8(1).u8(1).u16(static_cast<std::uint16_t>(record.size()));
    body.u64(1).u64(2).u64(3).raw(record);
    return raw_bytes().entry(3, body);
}

raw_bytes raw_note(std::uint8_t what, std::int64_t time,
                   std::vector<std::pair<std::string, std::string>> const& details) {
    raw_bytes body;
    body.u8(what).u64(static_cast<std::uint64_t>(time));
    body.u32(static_cast<std::uint32_t>(details.size()));
    for (auto const& [name, value] : details) body.text(name).text(value);
    return raw_bytes().entry(5, body);
}

std::string raw_hash(std::string_view bytes) {
    trail::hasher with;
    with.add(std::as_bytes(std::span(bytes.data(), bytes.size())));
    trail::hash const is = with.finish();
    return {reinterpret_cast<char const*>(is.data()), is.size()};
}

std::string raw_frame(std::uint8_t kind, std::uint32_t records, std::uint64_t first,
                      std::int64_t time, std::string_view previous, std::string_view payload) {
    raw_bytes frame;
    frame.raw("RCJ1").u8(kind).u24(0).u32(static_cast<std::uint32_t>(payload.size())).u32(records);
    frame.u64(first).u64(static_cast<std::uint64_t>(time)).raw(previous).raw(payload);
    return frame.is + raw_hash(frame.is);
}

raw_chain::raw_chain(memory_files& files, std::string folder, std::string identity,
                     std::uint32_t writer, std::int64_t begin)
    : time(begin),
      files_(files),
      folder_(std::move(folder)),
      identity_(std::move(identity)),
      writer_(writer) {}

std::string raw_chain::path() const {
    std::string number = std::to_string(segment_);
    number.insert(0, 12 - number.size(), '0');
    return folder_ + "/writer-" + std::to_string(writer_) + '/' + number + ".segment";
}

void raw_chain::add(std::uint8_t kind, std::uint32_t records, std::string_view payload) {
    std::string const frame = raw_frame(kind, records, next_, time, last_, payload);
    bytes() += frame;
    last_ = frame.substr(frame.size() - 32);
    next_ += records;
}

void raw_chain::open_segment() {
    ++segment_;
    bytes().clear();
    add(1, 0, raw_bytes().raw(identity_).u32(writer_).u64(segment_).is);
}

void raw_chain::batch(raw_bytes const& payload, std::uint32_t records) {
    add(2, records, payload.is);
}

journal_head raw_chain::head() const {
    return {in_hex(identity_), writer_, segment_, next_ - 1, in_hex(last_), time, {}, {}};
}

void raw_chain::checkpoint(trail::signing_key const& key) {
    journal_head is = head();
    if (!trail::sign(is, key)) throw std::runtime_error("libcrypto does not sign");
    add(3, 0, to_text(is));
}

void raw_chain::close() { add(4, 0, ""); }

std::vector<std::size_t> frame_starts(std::string const& segment) {
    std::vector<std::size_t> at{0};
    while (at.back() + 96 <= segment.size() && segment.compare(at.back(), 4, "RCJ1") == 0) {
        std::uint32_t payload = 0;
        std::memcpy(&payload, segment.data() + at.back() + 8, sizeof payload);
        at.push_back(at.back() + 96 + payload);
    }
    return at;
}

trail::signing_key known_key(int number) {
    static temporary_directory const here;
    std::string const path =
        here.write("key-" + std::to_string(number) + ".pem",
                   std::string("-----BEGIN PRIVATE KEY-----\nMC4CAQAwBQYDK2VwBCIEI") +
                       (number == 1 ? "J1hsZ3v/VpguoRK9JLsLMREScVpezJpGXA7rAMcrn9g"
                                    : "MWqjfQ/n4N77bdELzHct7Fm04U1B28JS4XOOi4LRFj3") +
                       "\n-----END PRIVATE KEY-----\n");
    std::filesystem::permissions(path, std::filesystem::perms::owner_read);
    std::string problem;
    auto key = trail::signing_key::from_file(path, problem);
    std::filesystem::permissions(path, std::filesystem::perms::owner_all);
    if (!key) throw std::runtime_error(problem);
    return std::move(*key);
}

journal_public_key public_of(trail::signing_key const& key) {
    std::string problem;
    auto is = journal_public_key::from_pem(key.public_pem(), problem);
    if (!is) throw std::runtime_error(problem);
    return *is;
}

small_journal::small_journal(std::string_view identity, int key_number) {
    trail::signing_key const key = known_key(key_number);
    files.contents["j/journal"] = "rolecall-journal 1 " + in_hex(identity) + '\n';
    constexpr std::int64_t begin = 1'700'000'000'000'000'000;
    std::string const id(identity);
    for (std::uint32_t writer = 1; writer <= 2; ++writer) {
        raw_chain chain(files, "j", id, writer, begin + writer);
        std::uint32_t const segments = writer == 1 ? 3 : 2;
        for (std::uint32_t s = 1; s <= segments; ++s) {
            chain.open_segment();
            raw_bytes first = raw_policy(0, 1);
            first.raw(raw_actor(5, "mila").is);
            chain.time += 1000;
            if (s == 1)
                chain.batch(first.raw(raw_note(1, chain.time, {{"run", "7"}, {"key", ""}}).is), 1);
            else
                chain.batch(first, 0);
            for (int n = 0; n < 2; ++n) {
                raw_bytes two = raw_decision(chain.time, 5, 0, "c-" + std::to_string(n));
                chain.time += 1000;
                two.raw(raw_decision(chain.time, 5, 0, "").is);
                chain.batch(two, 2);
            }
            if (s == segments)
                chain.batch(raw_note(2, chain.time, {{"run", "7"}, {"records", "4"}}), 1);
            chain.checkpoint(key);
            if (s != segments) chain.close();
        }
        heads.push_back(chain.head());
    }
}

}  // namespace rolecall::testing
