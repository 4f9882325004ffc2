// Text edits, and no trust in them: what they made is read again, and only what then says
// exactly what the document says without the parts is given out.
#include "document/load_files.hpp"
#include "document/tree_cuts.hpp"
#include "yaml/read.hpp"
#include <rolecall/document_part.hpp>
#include <rolecall/yaml.hpp>

#include <algorithm>
#include <limits>
#include <map>
#include <memory>
#include <optional>
#include <utility>

namespace rolecall::inline v0_1 {

namespace {

using parts = std::vector<document_part>;

// A file that was read once, however often it is tried to take something out of it.
struct read_file {
    explicit read_file(std::string_view text, std::uint32_t number)
        : reading(yaml::read(text, number)), index(reading.root) {}

    yaml::reading reading;
    yaml::tree_index index;
};

// The path of a file as the policy's own list of its files has it.
std::string relative_path(std::string const& path, std::vector<std::string> const& listed) {
    for (std::string const& file : listed) {
        if (path == file) return file;
        std::size_t const size = file.size() + 1;
        if (path.size() >= size && path.compare(path.size() - size, size, '/' + file) == 0)
            return file;
    }
    return path;
}

class editor {
public:
    editor(document const& from, parts wanted) : from_(&from), wanted_(std::move(wanted)) {}

    take_out_result run() {
        widen(wanted_);
        take_out_result result{std::move(best_.files), std::move(best_.taken), {}};
        std::sort(result.taken.begin(), result.taken.end());
        std::set_difference(wanted_.begin(), wanted_.end(), result.taken.begin(),
                            result.taken.end(), std::back_inserter(result.left));
        return result;
    }

private:
    struct attempt {
        std::vector<edited_file> files;
        parts taken;
    };
    using cuts = std::map<std::uint32_t, yaml::tree_cuts>;

    // Everything at once nearly always works. If not, halves are tried, and halves of those.
    void widen(std::span<document_part const> more) {
        attempt tried = edit(more);
        if (tried.taken.size() <= best_.taken.size() || attempts_left_ == 0) return;
        --attempts_left_;
        if (is_right(tried)) {
            best_ = std::move(tried);
        } else if (more.size() > 1) {
            widen(more.first(more.size() / 2));
            widen(more.subspan(more.size() / 2));
        }
    }

    [[nodiscard]] attempt edit(std::span<document_part const> more) {
        attempt result;
        cuts by_file;
        parts all = best_.taken;
        all.insert(all.end(), more.begin(), more.end());
        for (document_part const& part : all)
            if (cut(part, by_file)) result.taken.push_back(part);
        for (auto const& [number, made] : by_file) {
            source_file const& file = from_->files[number];
            yaml::text_cuts text(file.text);
            made.apply(file.text, text);
            auto [after, lines] = std::move(text).apply();
            if (after != file.text)
                result.files.push_back({file.path, file.text, std::move(after), std::move(lines)});
        }
        return result;
    }

    // ---- From a part to its words ------------------------------------------------------------

    [[nodiscard]] bool cut(document_part const& part, cuts& by_file) {
        place const& at = owner_of(part);
        if (!at.in_file() || at.file >= from_->files.size()) return false;
        yaml::tree_index const& index = file(at.file).index;
        yaml::tree_cuts& made = by_file.try_emplace(at.file, index).first->second;
        if (part.what == document_part::kind::assignment) return cut_assignment(part, index, made);
        written_role const& role = from_->roles[part.entry];
        place const& word = part.what == document_part::kind::inheritance
                                ? role.inherits[part.line].at
                                : role.may[part.line].rights[part.item].action.at;
        std::size_t const child = word.file == at.file ? index.find(word) : yaml::tree_index::none;
        return child != yaml::tree_index::none && made.take(child);
    }

    [[nodiscard]] place const& owner_of(document_part const& part) const {
        return part.what == document_part::kind::assignment ? from_->users[part.entry].id.at
                                                            : from_->roles[part.entry].name.at;
    }

    // All the roles that stand in the list of a user by themselves are the first assignment.
    [[nodiscard]] bool cut_assignment(document_part const& part, yaml::tree_index const& index,
                                      yaml::tree_cuts& made) const {
        std::size_t const user = index.find(from_->users[part.entry].id.at);
        if (user == yaml::tree_index::none) return false;
        yaml::node const& body = index[user].value();
        if (body.kind != yaml::node_kind::sequence) return false;
        std::size_t const first = index.first_of(body);
        std::vector<std::size_t> plain, mappings;
        for (std::size_t i = 0; i < body.items.size(); ++i)
            (body.items[i].kind == yaml::node_kind::scalar ? plain : mappings).push_back(first + i);
        if (!plain.empty() && part.line == 0) return made.take_all(plain);
        std::size_t const number = part.line - (plain.empty() ? 0 : 1);
        return number < mappings.size() && made.take(mappings[number]);
    }

    read_file const& file(std::uint32_t number) {
        auto& read = read_[number];
        if (!read) read = std::make_unique<read_file>(from_->files[number].text, number);
        return *read;
    }

    // ---- What the files then say -------------------------------------------------------------

    [[nodiscard]] bool is_right(attempt const& tried) const {
        yaml::load_options options;
        options.max_table_bytes = std::numeric_limits<std::size_t>::max();
        policy_result const wanted = yaml::compile(without(*from_, tried.taken), options);
        if (!wanted) return false;
        policy_result const made = yaml::load_files(files_with(tried.files), options);
        return made && yaml::write(*made) == yaml::write(*wanted);
    }

    [[nodiscard]] std::vector<yaml::policy_file> files_with(
        std::vector<edited_file> const& edited) const {
        std::vector<std::string> listed;
        if (from_->header) listed = from_->header->files;
        std::vector<yaml::policy_file> result;
        auto next = edited.begin();
        for (source_file const& file : from_->files) {
            bool const changed = next != edited.end() && next->path == file.path;
            result.push_back({file.path, relative_path(file.path, listed),
                              changed ? next->after : file.text, std::nullopt});
            if (changed) ++next;
        }
        return result;
    }

    document const* from_;
    parts wanted_;
    attempt best_;
    std::map<std::uint32_t, std::unique_ptr<read_file>> read_;
    std::size_t attempts_left_ = 64;
};

}  // namespace

take_out_result take_out(document const& from, std::span<document_part const> wanted) {
    static_cast<void>(without(from, wanted));  // throws where a part is not there
    parts sorted(wanted.begin(), wanted.end());
    std::sort(sorted.begin(), sorted.end());
    sorted.erase(std::unique(sorted.begin(), sorted.end()), sorted.end());
    return editor(from, std::move(sorted)).run();
}

}  // namespace rolecall::inline v0_1
