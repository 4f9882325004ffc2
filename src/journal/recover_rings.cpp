// What a process that ended without a word left in its rings, moved to the chain.
#include "journal/mover.hpp"
#include "journal/open_writer.hpp"
#include "journal/ring_file.hpp"

#include <algorithm>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

namespace rolecall::inline v0_1::trail {
namespace {

trouble open_rings(std::string const& folder, std::vector<std::uint32_t>& indices,
                   std::vector<ring_file>& rings) {
    std::vector<std::string> names;
    if (int const error = real_files().list(folder, names))
        return {'`' + folder + "` can't be read", error};
    for (std::string const& name : names) {
        std::int64_t const index = ring_index(name);
        if (index < 0) continue;
        ring_file next;
        if (trouble why = next.open(folder, static_cast<std::uint32_t>(index))) return why;
        indices.push_back(static_cast<std::uint32_t>(index));
        if (next.is_open()) rings.push_back(std::move(next));
    }
    return {};
}

// What the chain has of a ring is at its tail or beyond.
drained_entry known_of(left_behind const& found, ring_head const& head) {
    drained_entry known{head.run, head.index, head.tail.load(std::memory_order_relaxed), 0, 0};
    for (drained_entry const& d : found.drained) {
        if (d.run != head.run || d.ring != head.index) continue;
        known.through = std::max(known.through, d.through);
        known.lost = std::max(known.lost, d.lost);
        known.allowed = std::max(known.allowed, d.allowed);
    }
    known.through = std::min(known.through, head.head.load(std::memory_order_acquire));
    return known;
}

}  // namespace

trouble recover_rings(std::string const& writer_folder, chain_writer& chain,
                      left_behind const& found, std::int64_t (*now)() noexcept) {
    std::vector<std::uint32_t> indices;
    std::vector<ring_file> rings;
    if (trouble why = open_rings(writer_folder, indices, rings)) return why;
    if (indices.empty() && found.clean) return {};

    mover saver(chain, found.run, now);
    for (auto const& [slot, policy] : found.policies) saver.add(policy);
    saver.distrust_rings();
    bool after_power_cut = false;
    for (ring_file const& file : rings) {
        ring_head& head = *file.of().head;
        if (head.run != found.run)
            return {'`' + writer_folder + '/' + ring_name(head.index) +
                        "` is of a run that the journal does not know",
                    0};
        after_power_cut = after_power_cut || file.from_before_start();
        drained_entry const known = known_of(found, head);
        head.tail.store(known.through, std::memory_order_relaxed);
        saver.add(file.of(), known);
    }
    if (trouble why = saver.move()) return why;
    if (trouble why = saver.sync()) return why;

    std::vector<std::pair<std::string, std::string>> details{
        {"run", std::to_string(found.run)},
        {"records", std::to_string(saver.records())},
        {"given-up", std::to_string(found.given_up)}};
    if (std::uint64_t const torn = saver.waiting(); torn > 0) {
        details.emplace_back("torn-lines", std::to_string(torn));
        details.emplace_back(
            "why", after_power_cut ? "the machine stopped" : "the ring holds lines that are none");
    }
    saver.add_note(journal_note::recovered, std::move(details));
    if (trouble why = saver.move()) return why;
    if (trouble why = saver.sync()) return why;

    for (std::uint32_t const index : indices) {
        std::string const path = writer_folder + '/' + ring_name(index);
        if (int const error = real_files().remove(path))
            return {'`' + path + "` can't be removed", error};
    }
    if (int const error = real_files().sync_folder(writer_folder))
        return {'`' + writer_folder + "` can't be synced", error};
    return {};
}

}  // namespace rolecall::inline v0_1::trail
