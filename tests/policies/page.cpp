#include "policies/page.hpp"

#include <sstream>
#include <stdexcept>
#include <utility>

namespace rolecall::testing {

namespace {

constexpr std::string_view fence = "```";

// What stands behind the fence of a block: `yaml policy.yaml 65 times`.
void add_block(example& to, std::string const& info, std::string text) {
    std::istringstream words(info);
    std::string language, path, word;
    std::size_t count = 0;
    words >> language >> path;
    if (language == "sh") {
        std::istringstream lines(text);
        for (std::string line; std::getline(lines, line);) to.commands.push_back(line);
        return;
    }
    if (path.empty()) path = language == "csv" ? "table.csv" : "policy.yaml";
    if (words >> word) {
        if (word == "escaped")
            text = without_escapes(text);
        else if (std::istringstream(word) >> count)
            text = repeated(text, count);
        else
            throw std::runtime_error("a block with an unknown word: " + info);
    }
    to.files.push_back({path, std::move(text)});
}

}  // namespace

page read_page(std::filesystem::path const& file) {
    page result;
    std::string info, block;
    bool in_block = false;
    std::istringstream stream(contents(file));
    for (std::string line; std::getline(stream, line);) {
        std::string const heading = result.headings.empty() ? "" : result.headings.back();
        if (line.compare(0, fence.size(), fence) == 0) {
            if (in_block && (heading == "Wrong" || heading == "Right"))
                add_block(heading == "Wrong" ? result.wrong : result.right, info, block);
            else if (in_block && heading == "Message")
                result.message = block;
            else if (in_block && heading == "Switching it off")
                result.settings = block;
            info = line.substr(fence.size());
            block.clear();
            in_block = !in_block;
        } else if (in_block) {
            block += line + '\n';
        } else if (line.compare(0, 3, "## ") == 0) {
            result.headings.push_back(line.substr(3));
        } else if (line.compare(0, 2, "# ") == 0) {
            result.title = line.substr(2);
        } else if (heading.empty()) {
            result.meaning += line + '\n';
        }
    }
    if (in_block) throw std::runtime_error("a block is not closed in " + file.string());
    return result;
}

std::string with_message(std::string const& page_text, std::string const& message) {
    std::string const opening = "## Message\n\n```text\n";
    std::size_t const at = page_text.find(opening);
    std::size_t const begin = at + opening.size();
    std::size_t const end = page_text.find(fence, begin);
    if (at == std::string::npos || end == std::string::npos)
        throw std::runtime_error("a page has no place for its message");
    return page_text.substr(0, begin) + message + page_text.substr(end);
}

}  // namespace rolecall::testing
