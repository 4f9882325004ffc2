// A policy file in the making, in its canonical form. yaml-cpp's emitter writes it; which scalars
// are in double quotes is decided here, since equal rules must give equal bytes.
#ifndef ROLECALL_SRC_DOCUMENT_SHEET_HPP
#define ROLECALL_SRC_DOCUMENT_SHEET_HPP

#include "document/normal_form.hpp"

#include <yaml-cpp/emitter.h>
#include <yaml-cpp/emittermanip.h>

#include <algorithm>
#include <cassert>
#include <string>
#include <string_view>
#include <vector>

namespace rolecall::inline v0_1::yaml {

/// Blocks of `key: value`, where a value may be a block, or is one line.
class sheet {
public:
    sheet& key(std::string_view name) {
        emitter_ << YAML::Key;
        word(name);
        emitter_ << YAML::Value;
        return *this;
    }

    /// Plain where every reader of YAML takes it for that text, else in double quotes.
    void word(std::string_view text);

    /// A text that is all of a key's value, and so not in brackets.
    void text(std::string_view text);

    /// What YAML shall not take for text: a date, a number, `yes`.
    void literal(std::string_view text) { scalar(text, true); }

    /// One name stands alone.
    void names(std::vector<std::string> const& list) {
        auto const each = [&] {
            for (std::string const& name : list) word(name);
        };
        list.size() == 1 ? each() : brackets(each);
    }

    template <class Write>
    void block(Write const& write_lines) {
        emitter_ << YAML::BeginMap;
        write_lines();
        emitter_ << YAML::EndMap;
    }

    template <class Write>
    void braces(Write const& write_lines) {
        emitter_ << YAML::Flow;
        block(write_lines);
    }

    template <class Write>
    void brackets(Write const& write_items) {
        emitter_ << YAML::Flow << YAML::BeginSeq;
        write_items();
        emitter_ << YAML::EndSeq;
    }

    /// An item a line, or a block.
    template <class Write>
    void list(Write const& write_items) {
        emitter_ << YAML::BeginSeq;
        write_items();
        emitter_ << YAML::EndSeq;
    }

    void end_line() { emitter_ << YAML::Newline; }

    void blank_line() {
        end_line();
        end_line();
    }

    [[nodiscard]] std::string written() const {
        assert(emitter_.good());
        return {emitter_.c_str(), emitter_.size()};
    }

private:
    void scalar(std::string_view text, bool plain) {
        if (!plain) emitter_ << YAML::DoubleQuoted;
        emitter_ << std::string(text);
    }

    YAML::Emitter emitter_;
};

/// A key and its text, or names; nothing where there are none.
void write_text(sheet& to, std::string_view key, std::string const& text);
void write_names(sheet& to, std::string_view key, std::vector<std::string> const& list);

/// A condition as a key and its value: `if: a`, or `if-all: [a, b]`. Not of one that always holds.
void write_keyed(sheet& to, normal_condition const& when);

/// `always`, or a condition in braces.
void write_condition(sheet& to, normal_condition const& when);

/// A line of `may`.
void write_grant(sheet& to, normal_grant const& grant);

/// The value of a guarantee, and of an exercise.
void write_guarantee(sheet& to, written_guarantee const& guarantee);
void write_exercise(sheet& to, written_exercise const& exercise);

/// The value of the section `audit`.
void write_audit(sheet& to, written_audit const& audit);

}  // namespace rolecall::inline v0_1::yaml

#endif
