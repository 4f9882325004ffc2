// The JSON Schema of `.rolecall.yaml`, the settings of what is reported.
#ifndef ROLECALL_SRC_SCHEMA_SETTINGS_SCHEMA_HPP
#define ROLECALL_SRC_SCHEMA_SETTINGS_SCHEMA_HPP

#include <span>
#include <string>
#include <string_view>

namespace rolecall::inline v0_1::schema {

/// A kind of problem whose severity can be changed, and what it is.
struct settable_code {
    std::string_view code;
    std::string_view summary;
};

/// Of settings that can name these codes.
[[nodiscard]] std::string of_the_settings(std::span<settable_code const> codes);

}  // namespace rolecall::inline v0_1::schema

#endif
