// A policy as the text of policy files, and questions and answers as a line to read.

#pragma once

#include "model.hpp"
#include "random_source.hpp"

#include <string>
#include <vector>

namespace model {

struct source_file {
    std::string path;  // relative to the directory of the policy
    std::string text;
    friend bool operator==(source_file const&, source_file const&) = default;
};

// What is left to chance when a policy is written. Nothing of it changes the meaning.
struct style {
    bool reorder = true;  // the order of files, sections, entries and lists (but of `levels`)
    bool respell = true;  // a name alone or in a list, `if` or `if-all` with one fact, and the like
    bool decorate = true;  // how the YAML is laid out
};

// The policy in one file, for reading.
std::string to_yaml(policy const& rules);

// The policy in one file.
std::string to_yaml(policy const& rules, random_source& random, style const& how = {});

// The policy in one to four files, each with some of the entries.
std::vector<source_file> to_yaml_files(policy const& rules, random_source& random,
                                       style const& how = {});

std::string text(date const& on);
std::string text(question const& asked);
std::string text(answer const& given);
std::string text(std::vector<source_file> const& files);

}  // namespace model
