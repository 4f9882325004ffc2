#include "journal/request_file.hpp"

#include "audit/json_text.hpp"
#include "journal/files.hpp"
#include "journal/open_writer.hpp"

#include <boost/json/object.hpp>
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <boost/json/value.hpp>

#include <algorithm>
#include <array>
#include <cerrno>
#include <thread>
#include <vector>

namespace rolecall::inline v0_1::trail {
namespace {

namespace json = boost::json;
using std::chrono::steady_clock;

constexpr std::size_t id_digits = 16;
constexpr std::size_t longest_part = 4096;
constexpr std::chrono::milliseconds between_looks{5};
constexpr std::string_view answer_begin = "request.answer-";
constexpr std::string_view unfinished_begin = "request.new-";

std::string line_of(json::object const& members) { return json::serialize(members) + '\n'; }

// The members of a line, if it is one object and a whole line.
std::optional<json::object> members_of(std::string_view text) {
    if (!text.ends_with('\n')) return std::nullopt;
    text.remove_suffix(1);
    json::error_code wrong;
    json::value read = json::parse({text.data(), text.size()}, wrong);
    if (wrong || !read.is_object()) return std::nullopt;
    return std::move(read.as_object());
}

std::optional<std::string> text_in(json::object const& members, std::string_view name) {
    json::value const* const found = members.if_contains({name.data(), name.size()});
    if (found == nullptr || !found->is_string()) return std::nullopt;
    json::string const& text = found->as_string();
    if (text.size() > longest_part) return std::nullopt;
    return std::string(text.data(), text.size());
}

std::optional<std::int64_t> number_in(json::object const& members, std::string_view name) {
    json::value const* const found = members.if_contains({name.data(), name.size()});
    if (found == nullptr || !found->is_int64()) return std::nullopt;
    return found->as_int64();
}

bool is_id(std::string_view text) {
    return text.size() == id_digits && std::all_of(text.begin(), text.end(), [](char c) {
               return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f');
           });
}

std::string new_id() {
    identity random{};
    fill_randomly(random);
    return hex(random).substr(0, id_digits);
}

json::string as_json(std::string const& text) {
    std::string const valid = audit::valid_utf8(text);
    return json::string(json::string_view(valid.data(), valid.size()));
}

// What a file of another process says: nothing where there is none, and no text where it can't be
// believed.
std::optional<std::string> read_private(std::string const& path) {
    int error = 0;
    auto const opened = real_files().open(path, open_how::read, error);
    if (!opened && error == ENOENT) return std::nullopt;
    if (!opened || !opened->is_private()) return "";
    std::string text(longest_request, '\0');
    io_result const got = read_all(*opened, 0, std::as_writable_bytes(std::span(text)));
    text.resize(got.ok() ? got.done : 0);
    return text;
}

// Under a name of its own first: the other process sees it whole, and nobody's is overwritten.
trouble publish(std::string const& writer_folder, written_request const& request, bool& waits) {
    std::string const temporary = writer_folder + '/' + std::string(unfinished_begin) + request.id;
    waits = false;
    int error = 0;
    auto const file = real_files().open(temporary, open_how::create_new, error);
    std::string const text = to_text(request);
    if (file) error = write_all(*file, 0, std::as_bytes(std::span(text)));
    if (file && error == 0) error = real_files().publish(temporary, request_path(writer_folder));
    if (error == 0) return {};
    if (file) static_cast<void>(real_files().remove(temporary));
    // Another's stands there, or the process has just begun and tidied up.
    waits = error == EEXIST || error == ENOENT;
    if (waits) return {};
    return {'`' + request_path(writer_folder) + "` can't be written", error};
}

void withdraw(std::string const& writer_folder, std::string const& id) {
    auto const text = read_private(request_path(writer_folder));
    auto const stands = text ? parse_request(*text) : std::nullopt;
    if (stands && stands->id == id)
        static_cast<void>(real_files().remove(request_path(writer_folder)));
}

}  // namespace

std::string to_text(written_request const& request) {
    json::object members{{"id", request.id}};
    wish const& wanted = request.wanted;
    switch (wanted.what) {
        case wish::kind::rotate: members["do"] = "rotate"; break;
        case wish::kind::retain:
            members["do"] = "retain";
            members["before"] = wanted.before;
            members["through"] = static_cast<std::int64_t>(wanted.through);
            break;
        case wish::kind::read:
            members["do"] = "read";
            members["by"] = as_json(wanted.by);
            members["how"] = as_json(wanted.how);
            members["what"] = as_json(wanted.about);
            break;
    }
    return line_of(members);
}

std::optional<written_request> parse_request(std::string_view text) {
    auto const members = members_of(text);
    if (!members) return std::nullopt;
    auto const id = text_in(*members, "id");
    auto const what = text_in(*members, "do");
    if (!id || !is_id(*id) || !what) return std::nullopt;
    written_request result{*id, {}};
    wish& wanted = result.wanted;
    if (*what == "rotate") {
        wanted.what = wish::kind::rotate;
        return result;
    }
    if (*what == "retain") {
        auto const before = number_in(*members, "before");
        auto const through = number_in(*members, "through");
        if (!before || !through || *through < 0) return std::nullopt;
        wanted.what = wish::kind::retain;
        wanted.before = *before;
        wanted.through = static_cast<std::uint64_t>(*through);
        return result;
    }
    auto const by = text_in(*members, "by");
    auto const how = text_in(*members, "how");
    auto const about = text_in(*members, "what");
    if (*what != "read" || !by || !how || !about) return std::nullopt;
    wanted.what = wish::kind::read;
    wanted.by = *by;
    wanted.how = *how;
    wanted.about = *about;
    return result;
}

std::string to_text(written_answer const& answer) {
    json::object members{{"segments", answer.segments}};
    if (!answer.problem.empty()) members["problem"] = as_json(answer.problem);
    return line_of(members);
}

std::optional<written_answer> parse_answer(std::string_view text) {
    auto const members = members_of(text);
    if (!members) return std::nullopt;
    auto const segments = number_in(*members, "segments");
    if (!segments) return std::nullopt;
    return written_answer{*segments, text_in(*members, "problem").value_or("")};
}

std::string request_path(std::string const& writer_folder) { return writer_folder + "/request"; }

std::string answer_path(std::string const& writer_folder, std::string const& id) {
    return writer_folder + '/' + std::string(answer_begin) + id;
}

trouble is_taken(std::string const& writer_folder, bool& is) {
    is = false;
    std::string const path = writer_folder + "/lock";
    int error = 0;
    auto const lock = real_files().open(path, open_how::read, error);
    if (!lock && error == ENOENT) return {};
    if (lock) error = lock->is_locked(is);
    if (error != 0) return {'`' + path + "` can't be looked at", error};
    return {};
}

trouble ask_process(std::string const& writer_folder, wish const& wanted, bool& over,
                    written_answer& answer) {
    over = false;
    written_request const request{new_id(), wanted};
    std::string const answered = answer_path(writer_folder, request.id);
    auto const until = steady_clock::now() + wanted.patience;
    for (bool waits = true;; std::this_thread::sleep_for(between_looks)) {
        if (waits)
            if (trouble why = publish(writer_folder, request, waits)) return why;
        // Whether it runs is looked at before: an answer that it gave last is found all the same.
        bool runs = false;
        if (trouble why = is_taken(writer_folder, runs)) return why;
        auto const text = read_private(answered);
        if (auto const read = text ? parse_answer(*text) : std::nullopt) {
            static_cast<void>(real_files().remove(answered));
            answer = *read;
            if (!answer.problem.empty()) return {answer.problem, 0};
            return {};
        }
        over = !runs;
        bool const late = steady_clock::now() >= until;
        if (!over && !late) continue;
        withdraw(writer_folder, request.id);
        if (over) return {};
        return {"the process that writes to `" + writer_folder + "` gave no answer", ETIMEDOUT};
    }
}

std::optional<written_request> read_request(std::string const& writer_folder) {
    std::string const path = request_path(writer_folder);
    auto const text = read_private(path);
    if (!text) return std::nullopt;
    auto request = parse_request(*text);
    if (!request) static_cast<void>(real_files().remove(path));
    return request;
}

// The answer first: the next request may stand there as soon as this one is gone. Where the disk
// takes no answer, who asked waits in vain, and is told that.
void answer_request(std::string const& writer_folder, std::string const& id,
                    written_answer const& answer) {
    int error = 0;
    auto const file =
        real_files().open(answer_path(writer_folder, id), open_how::create_new, error);
    std::string const text = to_text(answer);
    if (file) static_cast<void>(write_all(*file, 0, std::as_bytes(std::span(text))));
    static_cast<void>(real_files().remove(request_path(writer_folder)));
}

void tidy_requests(std::string const& writer_folder) {
    std::vector<std::string> names;
    if (real_files().list(writer_folder, names) != 0) return;
    for (std::string const& name : names)
        if (name.starts_with(answer_begin) || name.starts_with(unfinished_begin))
            static_cast<void>(
                real_files().remove(std::string(writer_folder).append("/").append(name)));
}

}  // namespace rolecall::inline v0_1::trail
