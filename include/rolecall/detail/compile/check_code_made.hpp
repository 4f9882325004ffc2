// What a file can't say but code can: empty lists, and texts that no file could hold.
#ifndef ROLECALL_DETAIL_COMPILE_CHECK_CODE_MADE_HPP
#define ROLECALL_DETAIL_COMPILE_CHECK_CODE_MADE_HPP

#include <rolecall/detail/audit_modes.hpp>
#include <rolecall/detail/findings.hpp>
#include <rolecall/detail/text.hpp>
#include <rolecall/document.hpp>

#include <string>
#include <string_view>

namespace rolecall::inline v0_1::detail {

class code_made_checker {
public:
    explicit code_made_checker(findings& found) : found_(found) {}

    void check(document const& doc) {
        if (doc.header) {
            if (doc.header->name.empty())
                report(diagnostic_code::missing_key, "`policy` needs a name");
            for (auto const& text :
                 {doc.header->name, doc.header->title, doc.header->about, doc.header->owner})
                check_text(text, "policy", doc.header->name);
        }
        for (written_action const& a : doc.actions) check_described(a, "action");
        for (written_fact const& f : doc.facts) check_described(f, "fact");
        for (written_category const& c : doc.categories) {
            check_described(c, "category");
            for (std::string const& law : c.laws) check_text(law, "category", c.name.text);
            for (written_requirement const& r : c.required) {
                if (r.when.always())
                    report(diagnostic_code::empty_value, "category " + in_backticks(c.name.text) +
                                                             " requires nothing for " +
                                                             in_backticks(r.action.text));
                check_condition(r.when, "category", c.name.text);
            }
        }
        for (written_role const& r : doc.roles) {
            check_text(r.title, "role", r.name.text);
            check_text(r.about, "role", r.name.text);
            for (written_grant const& g : r.may) check_grant(g, r.name.text);
        }
        for (written_user const& u : doc.users) check_user(u);
        for (written_guardrail const& g : doc.guardrails) check_guardrail(g);
        for (written_separation const& s : doc.separations) {
            check_text(s.because, "separation", s.name.text);
            if (s.roles.size() < 2)
                report(diagnostic_code::separation_count,
                       "separation " + in_backticks(s.name.text) + " needs two roles or more");
        }
        if (doc.audit) check_audit(*doc.audit);
    }

private:
    void report(diagnostic_code code, std::string text) {
        found_.push_back({code, {}, std::move(text), {}});
    }

    template <class Described>
    void check_described(Described const& entry, std::string_view what) {
        if (entry.about.empty())
            report(diagnostic_code::missing_key,
                   std::string(what) + ' ' + in_backticks(entry.name.text) + " needs an `about`");
        check_text(entry.about, what, entry.name.text);
        check_text(entry.title, what, entry.name.text);
    }

    void check_text(std::string_view text, std::string_view what, std::string_view name) {
        while (!text.empty()) {
            code_point const c = first_code_point(text);
            std::string const where =
                " in a text of " + std::string(what) + ' ' + in_backticks(name);
            if (!c.valid) return report(diagnostic_code::invalid_utf8, "invalid UTF-8" + where);
            if (is_control(c.value) && c.value != '\n' && c.value != 0x85)
                return report(diagnostic_code::control_character,
                              "control character " + code_point_name(c.value) + where);
            if (is_hidden(c.value))
                return report(diagnostic_code::hidden_character,
                              "hidden character " + code_point_name(c.value) + where);
            text.remove_prefix(c.size);
        }
    }

    void check_condition(written_condition const& when, std::string_view what,
                         std::string_view name) {
        for (auto const& together : when.any_of)
            if (together.empty())
                return report(diagnostic_code::empty_value, "a condition of " + std::string(what) +
                                                                ' ' + in_backticks(name) +
                                                                " names no fact");
    }

    void check_grant(written_grant const& grant, std::string_view role) {
        if (grant.rights.empty())
            report(diagnostic_code::empty_value, "role " + in_backticks(role) +
                                                     " is granted nothing on " +
                                                     in_backticks(grant.category.text));
        for (written_right const& right : grant.rights) check_condition(right.when, "role", role);
    }

    void check_user(written_user const& user) {
        bool empty = user.assignments.empty();
        for (written_assignment const& a : user.assignments) empty = empty || a.roles.empty();
        if (empty)
            report(diagnostic_code::empty_value,
                   "user " + in_backticks(user.id.text) + " is assigned no role");
    }

    void check_guardrail(written_guardrail const& g) {
        check_text(g.because, "guardrail", g.name.text);
        check_condition(g.when, "guardrail", g.name.text);
        if (g.roles.empty() && g.categories.empty() && g.actions.empty())
            report(diagnostic_code::missing_key,
                   "guardrail " + in_backticks(g.name.text) +
                       " needs at least one of roles, categories and actions");
    }

    void check_audit(written_audit const& audit) {
        if (audit.otherwise) check_mode(audit.otherwise->mode, "`default`");
        if (audit.denials) check_mode(audit.denials->mode, "`denials`");
        for (written_audit_line const& line : audit.actions) check_line(line);
        for (written_audit_line const& line : audit.levels) check_line(line);
        for (written_audit_category const& c : audit.categories) {
            if (c.actions.empty())
                report(diagnostic_code::empty_value,
                       "`audit` says nothing of category " + in_backticks(c.category.text));
            for (written_audit_line const& line : c.actions) check_line(line);
        }
    }

    void check_line(written_audit_line const& line) {
        check_mode(line.mode.mode, in_backticks(line.name.text));
    }

    void check_mode(audit_mode mode, std::string const& of) {
        bool const waits =
            mode.demand == audit_demand::block || mode.demand == audit_demand::durable;
        if (waits ? mode.wait_ms >= 1 && mode.wait_ms <= longest_audit_wait_ms : mode.wait_ms == 0)
            return;
        report(diagnostic_code::invalid_value,
               "`audit` can't wait " + std::to_string(mode.wait_ms) + " ms for " + of +
                   (waits ? ": it takes 1 to 16000 ms" : ", whose mode takes no time"));
    }

    findings& found_;
};

inline void check_code_made(document const& doc, findings& found) {
    code_made_checker(found).check(doc);
}

}  // namespace rolecall::inline v0_1::detail

#endif
