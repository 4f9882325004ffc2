#include "document/load_files.hpp"
#include "document/policy_files.hpp"
#include "document/read_document.hpp"
#include "document/sha256.hpp"
#include "promise/checks.hpp"
#include <rolecall/detail/compile/check_code_made.hpp>
#include <rolecall/detail/compile/compile.hpp>
#include <rolecall/yaml.hpp>

#include <algorithm>
#include <string>
#include <utility>

namespace rolecall::inline v0_1::yaml {

namespace {

std::string digest_of(detail::policy_data const& p) { return sha256(write(*p.source)); }

policy_file in_memory(source_text source, std::size_t max_bytes) {
    policy_file result{source.path, std::move(source.path), std::move(source.text), {}};
    if (result.text.size() > max_bytes) {
        result.text.clear();
        result.problem = too_large(max_bytes);
    }
    return result;
}

}  // namespace

policy_result load_files(std::vector<policy_file> files, load_options const& options) {
    auto [document, found] = read_document(std::move(files), options.demand_end_marker);
    return detail::compile(
        std::move(document), std::move(found),
        {options.max_table_bytes, options.today, digest_of, &promising::all_checks()});
}

policy_result load(std::string const& path, load_options const& options) {
    return load_files(read_policy_files(path, options.max_file_bytes), options);
}

policy_result compile(document source, load_options const& options) {
    detail::findings found;
    if (source.files.empty()) detail::check_code_made(source, found);
    return detail::compile(
        std::move(source), std::move(found),
        {options.max_table_bytes, options.today, digest_of, &promising::all_checks()});
}

policy_result load_text(std::string_view text, std::string_view name, load_options const& options) {
    std::vector<source_text> files;
    files.push_back({std::string(name), std::string(text)});
    return load_texts(std::move(files), options);
}

policy_result load_texts(std::vector<source_text> files, load_options const& options) {
    std::stable_sort(files.begin(), files.end(),
                     [](source_text const& a, source_text const& b) { return a.path < b.path; });
    std::vector<policy_file> sources;
    sources.reserve(files.size());
    for (source_text& file : files)
        sources.push_back(in_memory(std::move(file), options.max_file_bytes));
    if (sources.empty())
        sources.push_back(
            {"", "", "", file_problem{diagnostic_code::no_policy_file, "no policy file is given"}});
    return load_files(std::move(sources), options);
}

}  // namespace rolecall::inline v0_1::yaml
