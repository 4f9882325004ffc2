// Takes values out of a node tree, and reports what does not have the expected shape.
//
// One rule holds for every function here: what is broken is reported where it stands, once,
// and the rest is still read. A node of the kind `nothing` was reported by the reader, so it
// is passed over in silence.
#ifndef ROLECALL_SRC_DOCUMENT_CHECKER_HPP
#define ROLECALL_SRC_DOCUMENT_CHECKER_HPP

#include "document/keys.hpp"
#include "yaml/node.hpp"
#include <rolecall/date.hpp>
#include <rolecall/detail/findings.hpp>
#include <rolecall/document.hpp>
#include <rolecall/period.hpp>

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace rolecall::inline v0_1::yaml {

/// The entries of a mapping whose keys are known beforehand. A mistyped key stands for the
/// key that was meant, so that it is not reported as missing too. Keeps pointers to the nodes.
class fields {
public:
    [[nodiscard]] node const* value(std::string_view key) const noexcept;
    [[nodiscard]] entry const* find(std::string_view key) const noexcept;

    /// Whether a key that is not here may have stood in a part that could not be read.
    [[nodiscard]] bool partial() const noexcept { return partial_; }

private:
    friend class checker;
    std::vector<std::pair<std::string_view, entry const*>> found_;
    bool partial_ = false;
};

class checker {
public:
    explicit checker(detail::findings& into) noexcept : found_(&into) {}

    void report(diagnostic_code code, place at, std::string text,
                std::vector<detail::related_place> related = {});

    /// "expected a list of roles, found a mapping"
    void wrong_shape(node const& value, std::string_view expected);

    /// The names that a broken part may declare are unknown from now on.
    void lose_names() noexcept { names_lost_ = true; }
    [[nodiscard]] bool names_lost() const noexcept { return names_lost_; }

    /// Whether it is a mapping, or a list, with something in it.
    bool is_mapping(node const& value, std::string_view expected);
    bool is_list(node const& value, std::string_view expected);

    /// The entries of a mapping that is_mapping(); every key that its table does not have is
    /// an unknown-key.
    fields fields_of(node const& mapping, key_table const& table);

    /// The value of a key that must be there; `owner` is what lacks it, and where.
    node const* required(fields const& from, std::string_view key, written_name const& owner);

    /// A single word: a name, a date, a number. Never empty, never with joiners in it.
    std::optional<written_name> word(node const& value, std::string_view expected);

    /// A key that names something.
    std::optional<written_name> name(node const& key);

    /// A list of words, or one that stands alone.
    std::vector<written_name> words(node const& value, noun what);

    /// A list of texts, or one that stands alone; a text twice is a repeated-name. Free text
    /// if the texts are laws, single words if they are files.
    std::vector<written_name> texts(node const& value, noun what, bool free);

    /// Text in any language; empty where there is none.
    std::string free_text(node const* value);

    std::optional<date> day(node const& value);

    /// `6 months`
    std::optional<period> how_often(node const& value);

    /// A flag: only `yes` may be written.
    bool yes(node const& value);

    /// One of two words.
    std::optional<written_name> either(node const& value, std::string_view first,
                                       std::string_view second);

    std::optional<std::uint32_t> whole_number(node const& value);

private:
    void empty(node const& value);
    void unknown_key(node const& key, key_table const& table,
                     std::optional<std::string_view> meant);
    written_name without_joiners(node const& scalar);

    detail::findings* found_;
    bool names_lost_ = false;
};

/// "a list", "a mapping", or the text itself.
std::string kind_of(node const& value);

}  // namespace rolecall::inline v0_1::yaml

#endif
