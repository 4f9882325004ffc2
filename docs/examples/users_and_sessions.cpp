// Who is at work, and as what: listed users, chosen roles, users whom the application vouches
// for, roles of a token, and the end of an assignment.
#include <rolecall/format.hpp>
#include <rolecall/recent_records.hpp>
#include <rolecall/rolecall.hpp>

#include <fmt/format.h>

#include <string_view>

namespace rc = rolecall;

namespace {

// A session, or the reason why there is none. Keep the session for as long as the login lasts.
void tell(std::string_view who, rc::live_activation const& opened) {
    fmt::print("{}: {}\n", who, opened ? "at work" : rc::to_string(opened.why()));
}

// Days on which the contracts of the clinic's guests run, so that this prints the same every
// year. An application leaves them out, and means the day that it is.
rc::date const in_march = rc::date::parse("2027-03-01").value();
rc::date const in_may = rc::date::parse("2027-05-01").value();

}  // namespace

int main() {
    rc::recent_records trail{100};
    rc::authorizer pdp{rc::yaml::load("policies/clinic").value(), trail, {.today = in_march}};

    // The policy lists the staff. Without a choice, all of somebody's roles are active.
    tell("ines", pdp.session("ines"));

    // Marta has two roles that must not be active together, so she says as what she acts.
    tell("marta", pdp.session("marta"));
    tell("marta, writing off", pdp.session("marta", {"write-offs"}));
    tell("marta, as a doctor", pdp.session("marta", {"doctor"}));

    // Patients are not listed. The portal knows who has signed in, and vouches for the role.
    tell("p-1042", pdp.session("p-1042"));
    tell("p-1042 as patient", pdp.session("p-1042", {"patient"}));

    // The roles of a token, after its signature was verified. What the policy does not declare
    // is left out, and the sink is told.
    tell("joon by token", pdp.session_from_claims("joon", {"doctor", "domain-users"}));
    for (rc::audit_record const& record : trail.records())
        fmt::print("    {}: {}\n", rc::to_string(record.kind),
                   fmt::join(record.unknown_roles, " "));

    // Noor stands in for Joon until the end of April. No check reads a clock: something has to
    // tell the day, such as a policy_watcher.
    rc::live_session noor = pdp.session("noor").value();
    auto const health = pdp.category("health").value();
    auto const treating = pdp.fact("treating").value();
    auto const own_record = pdp.fact("own-record").value();
    rc::facts const known{{treating, true}, {own_record, false}};
    fmt::print("noor in March: {}\n", noor.allows(rc::view, health, known));
    pdp.tick(in_may);
    fmt::print("noor in May: {}, {}\n", noor.allows(rc::view, health, known),
               pdp.decide(noor, rc::view, health, {.facts = known}));
    fmt::print("refreshed: {}\n", rc::to_string(noor.refresh()));
}
