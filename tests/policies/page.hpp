// A page of docs/diagnostics, as far as tests read it:
//
//     # unknown-role
//     …                             what it means, and why the format refuses it
//     ## Wrong
//     ```yaml policy.yaml           one block for each file; `policy.yaml` may be left out
//     ```sh                         commands, as in example.hpp
//     ## Message
//     ```text                       what is printed for the wrong example
//     ## Right
//     ## Switching it off           only of what settings can switch off: when that is right,
//     ```yaml .rolecall.yaml        and the settings that keep the wrong example quiet
//
// Behind the file's name: `escaped` (`\xEF` stands for that byte), or `65 times` (a line with
// `{n}` stands for 65 lines, with the numbers 1 to 65).
#ifndef ROLECALL_TESTS_POLICIES_PAGE_HPP
#define ROLECALL_TESTS_POLICIES_PAGE_HPP

#include "policies/example.hpp"

#include <cstddef>
#include <filesystem>
#include <string>
#include <vector>

namespace rolecall::testing {

struct page {
    std::string title;
    std::string meaning;  ///< all text between the title and the first example
    example wrong;
    example right;
    std::string message;
    std::string settings;  ///< empty where the page has none
    std::vector<std::string> headings;
};

/// Throws where a block can't be understood.
page read_page(std::filesystem::path const& file);

/// The page's text with another message.
std::string with_message(std::string const& page_text, std::string const& message);

}  // namespace rolecall::testing

#endif
