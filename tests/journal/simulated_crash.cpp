// What the simulated disk keeps: writes and sizes, syncs that fail, and crashes.
#include "journal/simulated_disk.hpp"

#include <algorithm>
#include <cerrno>
#include <functional>
#include <string_view>

namespace rolecall::testing {

using trail::bytes_view;

namespace {

constexpr std::uint64_t sector = 512;
constexpr std::byte junk{0xDB};

std::size_t mixed(std::size_t seed, std::size_t more) {
    return seed ^ (more + 0x9E3779B97F4A7C15U + (seed << 6U) + (seed >> 2U));
}

std::size_t digest(std::vector<std::byte> const& bytes) {
    return std::hash<std::string_view>{}(
        {reinterpret_cast<char const*>(bytes.data()), bytes.size()});
}

}  // namespace

std::uint64_t simulated_disk::bytes_taken() const noexcept {
    std::uint64_t sum = 0;
    std::set<inode const*> seen;
    auto const add = [&](auto const& again, folder const& in) -> void {
        for (auto const& [name, is] : in.live) {
            if (is.sub) again(again, *is.sub);
            if (is.file && seen.insert(is.file.get()).second) sum += is.file->taken;
        }
    };
    add(add, *root_);
    return sum;
}

bool simulated_disk::takes(inode& of, std::uint64_t bytes) {
    if (bytes <= of.taken) return true;
    std::uint64_t const all = bytes_taken();
    if (all + (bytes - of.taken) > limit_) return false;
    of.taken = bytes;
    return true;
}

int simulated_disk::write(inode& to, std::uint64_t offset, bytes_view from) {
    if (from.empty()) return 0;
    std::uint64_t const end = offset + from.size();
    if (!takes(to, end)) return ENOSPC;
    auto const at = static_cast<std::size_t>(offset);
    for (std::size_t i = 0; i < from.size() && offset + i < to.protected_bytes; ++i)
        if (at + i >= to.cache.size() || to.cache[at + i] != from[i]) {
            complain("byte " + std::to_string(at + i) + " counted, and was written over");
            break;
        }
    change made{offset, {from.begin(), from.end()}, std::max<std::uint64_t>(end, to.cache.size())};
    made.sizes = made.size != to.cache.size();
    to.written_since = std::max(to.written_since, end);
    to.cache.resize(static_cast<std::size_t>(made.size));
    std::copy(from.begin(), from.end(), to.cache.begin() + static_cast<std::ptrdiff_t>(at));
    for (std::uint64_t s = offset / sector; s <= (end - 1) / sector; ++s) to.dropped.erase(s);
    to.pending.push_back(std::move(made));
    return 0;
}

int simulated_disk::resize(inode& of, std::uint64_t size, bool allocated) {
    if (allocated && !takes(of, size)) return ENOSPC;
    if (size == of.cache.size()) return 0;
    bool const cuts = size < of.cache.size();
    if (cuts && size < of.protected_bytes) complain("bytes that counted were cut off");
    if (cuts) of.taken = std::min(of.taken, size);
    of.pending.push_back({size, {}, size, true, cuts});
    of.cache.resize(static_cast<std::size_t>(size));
    return 0;
}

int simulated_disk::sync(inode& of, disk_fault const& fault) {
    if (fault.error == 0) {
        // What lies behind all that was written since may be what nobody looks at any more.
        bool const again = !of.dropped.empty() && (of.written_since == 0 ||
                                                   *of.dropped.begin() * sector < of.written_since);
        if (again)
            complain("bytes that a failed sync dropped were synced again, from byte " +
                     std::to_string(*of.dropped.begin() * sector));
        // What was dropped is not written by a sync that says yes.
        std::vector<std::byte> before = std::move(of.durable);
        of.durable = of.cache;
        before.resize(of.durable.size());
        for (std::uint64_t const s : of.dropped)
            for (std::uint64_t i = s * sector; i < (s + 1) * sector && i < before.size(); ++i)
                of.durable[static_cast<std::size_t>(i)] = before[static_cast<std::size_t>(i)];
        of.pending.clear();
        return 0;
    }
    of.written_since = 0;
    of.durable = image(
        of, [this](unsigned outcomes) { return static_cast<unsigned>(random_() % outcomes); });
    for (change const& c : of.pending)
        if (!c.bytes.empty())
            for (std::uint64_t s = c.offset / sector; s <= (c.offset + c.bytes.size() - 1) / sector;
                 ++s)
                of.dropped.insert(s);
    of.pending.clear();
    if (random_() % 2 != 0) {  // the cache forgets, and shows what the disk has
        std::size_t const size = of.cache.size();
        of.cache = of.durable;
        of.cache.resize(size);
    }
    return fault.error;
}

// What is on the disk of a file, of all that might be.
std::vector<std::byte> simulated_disk::image(inode const& of, chooser const& choose) {
    if (of.pending.empty()) return of.durable;
    std::vector<std::size_t> sizes;
    std::map<std::uint64_t, std::vector<std::size_t>> touched;  // sector: changes, in order
    std::uint64_t longest = of.durable.size(), size = of.durable.size();
    for (std::size_t i = 0; i < of.pending.size(); ++i) {
        change const& c = of.pending[i];
        if (c.sizes) sizes.push_back(i);
        longest = std::max(longest, c.size);
        std::uint64_t const end = c.cuts ? size : c.offset + c.bytes.size();
        if (c.cuts || !c.bytes.empty())
            for (std::uint64_t s = c.offset / sector; s * sector < end; ++s)
                touched[s].push_back(i);
        size = c.size;
    }
    unsigned const chosen = choose(static_cast<unsigned>(sizes.size()) + 1);
    size = chosen == 0 ? of.durable.size() : of.pending[sizes[chosen - 1]].size;

    std::vector<std::byte> bytes = of.durable;
    bytes.resize(static_cast<std::size_t>(longest));
    for (auto const& [number, changes] : touched) {
        bool const torn_too = !of.pending[changes.back()].cuts;
        unsigned const outcome = choose(static_cast<unsigned>(changes.size()) + (torn_too ? 2 : 1));
        bool const torn = outcome > changes.size();
        std::size_t count = torn ? changes.size() : outcome;
        // What was cut off with the size that is on the disk is gone.
        for (std::size_t i = changes.size(); i > count; --i)
            if (of.pending[changes[i - 1]].cuts && chosen != 0 &&
                changes[i - 1] <= sizes[chosen - 1]) {
                count = i;
                break;
            }
        for (std::size_t i = 0; i < count; ++i) {
            change const& c = of.pending[changes[i]];
            std::uint64_t const from = std::max(c.offset, number * sector);
            std::uint64_t const to =
                std::min((number + 1) * sector, c.cuts ? longest : c.offset + c.bytes.size());
            for (std::uint64_t at = from; at < to; ++at) {
                std::byte& is = bytes[static_cast<std::size_t>(at)];
                std::byte const should =
                    c.cuts ? std::byte{0} : c.bytes[static_cast<std::size_t>(at - c.offset)];
                is = torn && i + 1 == count && is != should ? junk : should;
            }
        }
    }
    bytes.resize(static_cast<std::size_t>(size));
    return bytes;
}

// Old files and folders, and what became of them: a file may have two names.
struct simulated_disk::rebuilt {
    std::map<inode const*, std::shared_ptr<inode>> files;
    std::map<folder const*, std::shared_ptr<folder>> folders;
};

std::shared_ptr<simulated_disk::inode> simulated_disk::rebuild(std::shared_ptr<inode> const& of,
                                                               rebuilt& done,
                                                               chooser const& choose) {
    std::shared_ptr<inode>& is = done.files[of.get()];
    if (is) return is;
    is = std::make_shared<inode>();
    is->durable = image(*of, choose);
    is->cache = is->durable;
    is->protected_bytes = of->protected_bytes;
    is->taken = is->durable.size();
    return is;
}

std::shared_ptr<simulated_disk::folder> simulated_disk::rebuild(std::shared_ptr<folder> const& of,
                                                                rebuilt& done,
                                                                chooser const& choose) {
    std::shared_ptr<folder>& is = done.folders[of.get()];
    if (is) return is;
    is = std::make_shared<folder>();
    std::shared_ptr<folder> const made = is;

    std::map<std::string, std::vector<std::size_t>> by_name;
    for (std::size_t i = 0; i < of->pending.size(); ++i) by_name[of->pending[i].name].push_back(i);
    std::vector<bool> on_disk(of->pending.size());
    for (auto const& [name, changes] : by_name) {
        unsigned const count = choose(static_cast<unsigned>(changes.size()) + 1);
        for (unsigned i = 0; i < count; ++i) on_disk[changes[i]] = true;
    }
    std::map<std::string, entry> names = of->durable;
    std::set<std::string> stopped;
    for (std::size_t i = 0; i < of->pending.size(); ++i) {
        name_change const& c = of->pending[i];
        if (c.only_with >= 0 && !on_disk[static_cast<std::size_t>(c.only_with)])
            stopped.insert(c.name);
        if (!on_disk[i] || stopped.count(c.name) != 0) continue;
        if (c.is.is_nothing())
            names.erase(c.name);
        else
            names[c.name] = c.is;
    }

    // All of them, also those without a name, so that the choices always mean the same.
    auto const again = [&](entry const& e) -> entry {
        if (e.file) return {rebuild(e.file, done, choose), nullptr};
        if (e.sub) return {nullptr, rebuild(e.sub, done, choose)};
        return {};
    };
    for (auto const& [name, e] : of->durable) again(e);
    for (name_change const& c : of->pending) again(c.is);
    for (auto const& [name, e] : names) made->durable[name] = again(e);
    made->live = made->durable;
    return made;
}

crash_choice simulated_disk::open_choices() const {
    crash_choice outcomes;
    rebuilt done;
    rebuild(root_, done, [&](unsigned count) {
        outcomes.push_back(count);
        return 0U;
    });
    return outcomes;
}

std::unique_ptr<simulated_disk> simulated_disk::after_crash(crash_choice const& choice) const {
    auto crashed = std::make_unique<simulated_disk>();
    std::size_t next = 0;
    rebuilt done;
    crashed->root_ = rebuild(root_, done, [&](unsigned) { return choice.at(next++); });
    return crashed;
}

std::size_t simulated_disk::fingerprint() const {
    std::size_t all = 0;
    auto const add = [&](auto const& again, folder const& in) -> void {
        for (auto const& [name, is] : in.live) {
            all = mixed(all, std::hash<std::string>{}(name));
            if (is.file) all = mixed(all, digest(is.file->cache));
            if (!is.sub) continue;
            again(again, *is.sub);
            all = mixed(all, 1);
        }
    };
    add(add, *root_);
    return all;
}

}  // namespace rolecall::testing
