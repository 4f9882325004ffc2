// Statements of a document that can be left out, and the files without them.
//
//     rolecall::take_out_result const fixed = rolecall::take_out(shop.source(), {&part, 1});
//     for (rolecall::edited_file const& file : fixed.files) show(file.before, file.after);
#ifndef ROLECALL_DOCUMENT_PART_HPP
#define ROLECALL_DOCUMENT_PART_HPP

#include <rolecall/detail/export.hpp>
#include <rolecall/document.hpp>

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

namespace rolecall::inline v0_1 {

/// One statement of a document, by its numbers there.
struct document_part {
    /// Which list of the document the numbers are of.
    enum class kind : std::uint8_t {
        right,        ///< an action of a line of a role's `may`
        inheritance,  ///< a role that a role inherits
        assignment,   ///< an assignment of roles to a user
    };

    kind what = kind::right;
    std::size_t entry = 0;  ///< of `document::roles`; for an assignment of `document::users`
    std::size_t line = 0;   ///< of `may`, `inherits` or `assignments`
    std::size_t item = 0;   ///< of `rights`; else 0

    friend bool operator==(document_part const&, document_part const&) = default;
    friend auto operator<=>(document_part const&, document_part const&) = default;
};

/// A policy file, before and after. The path is the document's.
struct edited_file {
    std::string path;
    std::string before, after;
    /// Of each line of `after`, which line of `before` it was, from 1: rising.
    std::vector<std::uint32_t> lines{};
};

struct take_out_result {
    std::vector<edited_file> files;    ///< only those that change, in the document's order
    std::vector<document_part> taken;  ///< what they no longer say, sorted
    std::vector<document_part> left;   ///< what could not be taken out of its file, sorted
};

/// The files of a document without some of its statements, and otherwise as they were written:
/// comments, order and layout stay, and so does every byte of every line that says something
/// else. A line that says nothing more goes, with the comment at its end; so does a key that
/// would have no value. A comment on lines of its own stays.
///
/// Whatever is taken out, the files were read again and say exactly what the document says
/// without it: else it is `left`. Left, too: what a file can't do without, such as the last
/// statement of a role that has no `about`, the last assignment of a user, and whatever was made
/// in code. Parts that are not there throw std::out_of_range. Reads and writes no file.
[[nodiscard]] ROLECALL_API take_out_result take_out(document const& from,
                                                    std::span<document_part const> parts);

/// The document without some of its statements: what the files of `take_out` say. A line of
/// `may` without rights goes, and a user without assignments. Throws as `take_out`.
[[nodiscard]] ROLECALL_API document without(document from, std::span<document_part const> parts);

}  // namespace rolecall::inline v0_1

#endif
