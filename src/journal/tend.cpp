#include "journal/tend.hpp"

#include "journal/files.hpp"
#include "journal/folder.hpp"
#include "journal/frame.hpp"
#include "journal/journal_state.hpp"
#include "journal/request_file.hpp"
#include "journal/retain.hpp"
#include "journal/ring_file.hpp"
#include "journal/run_notes.hpp"
#include <rolecall/journal_reader.hpp>

#include <algorithm>
#include <cerrno>

namespace rolecall::inline v0_1::trail {
namespace {

constexpr std::size_t smallest_ring = 64;  // nothing is decided meanwhile
constexpr int most_tries = 100;

std::string folder_of(std::string const& journal, std::uint32_t writer) {
    return journal + '/' + writer_name(writer);
}

std::string origin_of(wish const& wanted) {
    switch (wanted.what) {
        case wish::kind::rotate: return "rolecall audit rotate";
        case wish::kind::retain: return "rolecall audit retain";
        case wish::kind::read: break;
    }
    return "rolecall " + wanted.how;
}

trouble refused(detail::journal_state const& by) {
    std::string why = by.problem();
    return {why.empty() ? "the journal did not take it in time" : std::move(why), 0};
}

// As the writer of it, for this once.
trouble do_it_here(std::string const& journal, std::uint32_t writer, std::string const& key,
                   wish const& wanted, tended& done) {
    journal_options options;
    options.key = key;
    options.create = false;
    options.origin = origin_of(wanted);
    options.ring_records = smallest_ring;
    detail::journal_state state(journal, options, {writer, !key.empty()});
    if (!state.is_open()) return {state.problem(), state.open_error()};
    done.writer = state.status().writer;
    done.by_process = false;
    switch (wanted.what) {
        case wish::kind::rotate: return state.rotate() ? trouble{} : refused(state);
        case wish::kind::retain:
            done.segments = state.retain(wanted.before);
            return done.segments >= 0 ? trouble{} : refused(state);
        case wish::kind::read: break;
    }
    bool const noted =
        state.note(journal_note::read, read_details(wanted.by, wanted.how, wanted.about));
    return noted ? trouble{} : refused(state);
}

// Finds the segments, so that the process that has the writer need not.
trouble find_segments(std::string const& writer_folder, wish& wanted) {
    std::vector<std::uint64_t> numbers;
    if (trouble why = list_segments(real_files(), writer_folder, numbers)) return why;
    retained_segments old;
    if (!numbers.empty())
        if (trouble why =
                find_old_segments(real_files(), writer_folder, numbers.back(), wanted.before, old))
            return why;
    wanted.through = old.through;
    return {};
}

// Whether what a process left in its rings is still there.
trouble has_rings(std::string const& writer_folder, bool& has) {
    std::vector<std::string> names;
    if (int const error = real_files().list(writer_folder, names))
        return {'`' + writer_folder + "` can't be read", error};
    has = std::any_of(names.begin(), names.end(),
                      [](std::string const& name) { return ring_index(name) >= 0; });
    return {};
}

trouble check_journal_folder(std::string const& folder) {
    identity is{};
    return open_folder(real_files(), folder, false, identity{}, is);
}

// A writer that nobody has and that ended well, or the number of a new one.
trouble idle_writer(std::string const& folder, std::vector<writer_state> const& writers,
                    std::uint32_t& number, bool& is_new) {
    is_new = false;
    for (writer_state const& w : writers) {
        number = w.number;
        bool left = false;
        if (trouble why = has_rings(folder_of(folder, number), left)) return why;
        if (!left) return {};
    }
    number = writers.empty() ? 1 : writers.back().number + 1;
    is_new = true;
    return {};
}

}  // namespace

trouble look_at_writers(std::string const& folder, std::vector<writer_state>& writers) {
    writers.clear();
    if (trouble why = check_journal_folder(folder)) return why;
    std::vector<std::uint32_t> numbers;
    if (trouble why = list_writers(real_files(), folder, numbers)) return why;
    for (std::uint32_t const number : numbers) {
        writer_state next{number, false};
        if (trouble why = is_taken(folder_of(folder, number), next.runs)) return why;
        writers.push_back(next);
    }
    return {};
}

// Whoever has it may end, and somebody else may take it, between a look and the next.
trouble tend_writer(std::string const& folder, std::uint32_t writer, std::string const& key,
                    wish const& wanted, tended& done) {
    done = {};
    if (trouble why = check_journal_folder(folder)) return why;
    std::string const path = folder_of(folder, writer);
    trouble taken;
    for (int n = 0; n < most_tries; ++n) {
        bool runs = false;
        if (trouble why = is_taken(path, runs)) return why;
        if (!runs) {
            taken = do_it_here(folder, writer, key, wanted, done);
            if (taken.error != EWOULDBLOCK) return taken;
            continue;
        }
        bool over = false;
        written_answer answer;
        wish asked = wanted;
        if (asked.what == wish::kind::retain)
            if (trouble why = find_segments(path, asked)) return why;
        if (trouble why = ask_process(path, asked, over, answer)) return why;
        if (over) continue;
        done = {writer, true, answer.segments};
        return {};
    }
    return taken;
}

trouble record_reading(std::string const& folder, std::string const& key, wish const& wanted,
                       tended& done) {
    std::vector<writer_state> writers;
    if (trouble why = look_at_writers(folder, writers)) return why;
    auto const running =
        std::find_if(writers.begin(), writers.end(), [](writer_state const& w) { return w.runs; });
    if (running != writers.end()) return tend_writer(folder, running->number, key, wanted, done);
    std::uint32_t number = 0;
    bool is_new = false;
    if (trouble why = idle_writer(folder, writers, number, is_new)) return why;
    if (is_new && key.empty() && was_signed(folder)) return {'`' + folder + "` is signed", ENOKEY};
    if (is_new)
        if (int const error = real_files().make_folder(folder_of(folder, number));
            error != 0 && error != EEXIST)
            return {'`' + folder_of(folder, number) + "` can't be made", error};
    return tend_writer(folder, number, key, wanted, done);
}

bool was_signed(std::string const& folder) {
    journal_reader records(folder);
    while (journal_record const* const record = records.next()) {
        if (record->note != journal_note::started && record->note != journal_note::key_changed)
            continue;
        for (auto const& [name, value] : record->details)
            if ((name == "key" || name == "to") && !value.empty()) return true;
    }
    return false;
}

}  // namespace rolecall::inline v0_1::trail
