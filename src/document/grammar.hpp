// From trees of nodes to one document: the grammar of docs/format.md, "Sections".
//
// Reports what does not have the shape that the grammar asks for. Whether names are well
// formed, declared and used as the rules want is asked later, of the document.
#ifndef ROLECALL_SRC_DOCUMENT_GRAMMAR_HPP
#define ROLECALL_SRC_DOCUMENT_GRAMMAR_HPP

#include "document/checker.hpp"
#include "yaml/read.hpp"
#include <rolecall/detail/findings.hpp>
#include <rolecall/document.hpp>

#include <optional>
#include <vector>

namespace rolecall::inline v0_1::yaml {

/// Unites files into a document, in the order in which they are added.
class grammar {
public:
    /// Both must outlive the grammar.
    grammar(document& into, detail::findings& found) : into_(&into), found_(&found) {}

    /// Adds the sections of a file, whose number the places of the tree carry.
    void add(reading const& file, std::uint32_t number);

    /// The entries of the policy's list of files, with their places.
    [[nodiscard]] std::vector<written_name> const& listed_files() const noexcept { return files_; }

private:
    void add_sections(checker& check, node const& root);
    void add_section(checker& check, std::string_view section, entry const& at);
    void add_header(checker& check, entry const& at);
    void add_levels(checker& check, entry const& at);
    void add_audit(checker& check, entry const& at);
    bool first_time(checker& check, std::optional<place>& first, entry const& at);

    document* into_;
    detail::findings* found_;
    std::vector<written_name> files_;
    std::optional<place> policy_at_;
    std::optional<place> levels_at_;
    std::optional<place> audit_at_;
};

}  // namespace rolecall::inline v0_1::yaml

#endif
