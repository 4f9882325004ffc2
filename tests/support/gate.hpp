// Policies for the tests of `validate`, and what reads its reports.
#ifndef ROLECALL_TESTS_SUPPORT_GATE_HPP
#define ROLECALL_TESTS_SUPPORT_GATE_HPP

#include "support/program.hpp"
#include "support/temporary_directory.hpp"

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/parse.hpp>
#include <boost/json/value.hpp>

#include <fstream>
#include <iterator>
#include <string>
#include <string_view>
#include <vector>

namespace rolecall::testing {

/// Nothing is found in it.
inline constexpr std::string_view sound_text =
    "rolecall: 1\n"
    "policy: {name: Corner shop}\n"
    "categories: {account: Names}\n"
    "roles: {support: {may: {account: [view, modify]}}}\n";

/// One warning, grant-inherited, that can be fixed; and one note, roles-alike.
inline constexpr std::string_view warned_text =
    "rolecall: 1\n"
    "categories: {account: Names, payment: Cards}\n"
    "roles:\n"
    "  clerk: {may: {account: view}}\n"
    "  support: {inherits: clerk, may: {account: [view, modify]}}\n"
    "  till: {may: {payment: view}}\n"
    "  till-two: {may: {payment: view}}\n";

/// Two errors.
inline constexpr std::string_view refused_text =
    "rolecall: 1\n"
    "categories: {account: Names}\n"
    "roles:\n"
    "  support: {may: {account: veiw}}\n"
    "  sales: {may: {acount: view}}\n";

/// What would be a command of GitHub, markup of XML, a JSON text and bytes that are no UTF-8.
inline constexpr std::string_view hostile_name = "a\n::error::x,y: 100%<&>\"'\\\xFF";

/// `count` roles without grants: as many warnings, role-without-grants.
inline std::string idle_roles(int count) {
    std::string text(sound_text);
    std::string more;
    for (int i = 0; i < count; ++i)
        more += "idle-" + std::to_string(100 + i) + ": {about: Later}, ";
    return text.insert(text.find("support:"), more);
}

/// A folder with `sound.yaml`, `warned.yaml` and `refused.yaml`.
class gate_folder : public temporary_directory {
public:
    std::string const sound = write("sound.yaml", sound_text);
    std::string const warned = write("warned.yaml", warned_text);
    std::string const refused = write("refused.yaml", refused_text);

    /// What a file of the folder holds.
    [[nodiscard]] std::string read(std::string_view relative) const {
        std::ifstream file(path(relative), std::ios::binary);
        return {std::istreambuf_iterator<char>(file), {}};
    }
};

/// The outcome of `validate` with these words.
inline outcome validate(std::vector<std::string> words) {
    words.insert(words.begin(), "validate");
    return run(words);
}

/// Throws where the text is no JSON.
inline boost::json::value json_of(std::string const& text) { return boost::json::parse(text); }

/// Throws where the value is no text.
inline std::string text_of(boost::json::value const& value) {
    boost::json::string const& text = value.as_string();
    return {text.data(), text.size()};
}

}  // namespace rolecall::testing

#endif
