#include "schema/json_layout.hpp"

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>

#include <cstddef>

namespace rolecall::inline v0_1::schema {
namespace {

namespace json = boost::json;

constexpr std::size_t widest = 100;

// Boost.JSON writes every word of it; what is decided here is where lines break.
class layout {
public:
    std::string text;

    // `used`: columns of this line that are taken before the value, or needed behind it.
    void write(json::value const& value, std::size_t depth, std::size_t used) {
        std::string line = json::serialize(value);
        bool const nested = !value.is_primitive();
        if (!nested || line.size() + used <= widest) {
            text += line;
        } else if (auto const* const object = value.if_object()) {
            text += '{';
            bool first = true;
            for (auto const& [key, member] : *object) {
                begin_line(first, depth + 1);
                std::string const name = json::serialize(json::string(key)) + ": ";
                text += name;
                write(member, depth + 1, 2 * (depth + 1) + name.size() + 1);
            }
            end_line(depth, '}');
        } else {
            text += '[';
            bool first = true;
            for (json::value const& item : value.get_array()) {
                begin_line(first, depth + 1);
                write(item, depth + 1, 2 * (depth + 1) + 1);
            }
            end_line(depth, ']');
        }
    }

private:
    void begin_line(bool& first, std::size_t depth) {
        text += first ? "\n" : ",\n";
        text.append(2 * depth, ' ');
        first = false;
    }

    void end_line(std::size_t depth, char bracket) {
        text += '\n';
        text.append(2 * depth, ' ');
        text += bracket;
    }
};

}  // namespace

std::string laid_out(json::value const& of) {
    layout result;
    result.write(of, 0, 0);
    return std::move(result.text) + '\n';
}

}  // namespace rolecall::inline v0_1::schema
