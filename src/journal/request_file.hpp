// What one process asks of another that has a writer, as files in the writer's folder:
//
//     request               what is asked, until it is done
//     request.answer-ID     what came of it; who asked takes it away
//
// A line of JSON each. docs/journal-format.md describes them.
#ifndef ROLECALL_SRC_JOURNAL_REQUEST_FILE_HPP
#define ROLECALL_SRC_JOURNAL_REQUEST_FILE_HPP

#include "journal/tend.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace rolecall::inline v0_1::trail {

inline constexpr std::size_t longest_request = std::size_t{128} << 10U;

struct written_request {
    std::string id;  ///< 16 hexadecimal digits, drawn by who asks
    wish wanted;
};
std::string to_text(written_request const& request);
/// Nothing for what is no request.
std::optional<written_request> parse_request(std::string_view text);

struct written_answer {
    std::int64_t segments = 0;
    std::string problem;  ///< why it was not done; empty where it was
};
std::string to_text(written_answer const& answer);
std::optional<written_answer> parse_answer(std::string_view text);

std::string request_path(std::string const& writer_folder);
std::string answer_path(std::string const& writer_folder, std::string const& id);

/// Asks the process that has this writer, and waits. `over`: it has ended without an answer, and
/// nothing was done.
[[nodiscard]] trouble ask_process(std::string const& writer_folder, wish const& wanted, bool& over,
                                  written_answer& answer);

/// Whether a process has this writer.
[[nodiscard]] trouble is_taken(std::string const& writer_folder, bool& is);

/// What somebody asks of the process that has this writer; nothing where nobody does. What is no
/// request is taken away.
[[nodiscard]] std::optional<written_request> read_request(std::string const& writer_folder);
/// Answers it, and takes the request away.
void answer_request(std::string const& writer_folder, std::string const& id,
                    written_answer const& answer);

/// Takes away what nobody waits for any more; for who has just taken a writer.
void tidy_requests(std::string const& writer_folder);

}  // namespace rolecall::inline v0_1::trail

#endif
