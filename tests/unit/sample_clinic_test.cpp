// The medical practice of policies/clinic, asked as its privacy officer would ask. The story
// is told in docs/stories/clinic.md.
#include "unit/sample_policies.hpp"

#include <doctest/doctest.h>

#include <initializer_list>
#include <string>
#include <string_view>

using namespace rolecall;
using namespace rolecall::testing;

namespace {

void expect_of_clinic(std::initializer_list<question> questions,
                      std::string_view day = "2027-03-01") {
    static policy const clinic = sample_policy("clinic");
    testing::expect(clinic, day, questions);
}

}  // namespace

TEST_CASE("a patient of the clinic sees their own record, and may ask for corrections") {
    expect_of_clinic({
        {"p-1042 as patient", "view", "health", "own-record", "granted"},
        {"p-1042 as patient", "view", "health.notes", "own-record", "granted"},
        {"p-1042 as patient", "view", "health.results", "own-record", "granted"},
        {"p-1042 as patient", "view", "bill.invoices", "own-record", "granted"},
        {"p-1042 as patient", "request-correction", "health.notes", "own-record", "granted"},
        {"p-1042 as patient", "request-correction", "bill", "own-record", "granted"},
        {"p-1042 as patient", "modify", "contact", "own-record", "granted"},
        {"p-1042 as patient", "store", "appointments", "own-record", "granted"},
        {"p-1042 as patient", "modify", "health.notes", "own-record, not signed", "not-granted"},
        {"p-1042 as patient", "delete", "health", "own-record", "forbidden"},
        {"p-1042 as patient", "store", "bill", "own-record", "not-granted"},
        {"p-1042 as patient", "delete", "health", "own-record, not legal-hold", "not-granted"},
        {"p-1042 as patient", "delete", "appointments", "own-record, not legal-hold",
         "not-granted"},
    });
}

TEST_CASE("a patient of the clinic sees no record of anybody else") {
    expect_of_clinic({
        {"p-1042 as patient", "view", "health", "not own-record", "unmet"},
        {"p-1042 as patient", "view", "health.results", "not own-record", "unmet"},
        {"p-1042 as patient", "view", "contact", "not own-record", "unmet"},
        {"p-1042 as patient", "view", "bill", "not own-record", "unmet"},
        {"p-1042 as patient", "view", "health", "", "undecided"},
    });
}

TEST_CASE("whom the clinic neither lists nor vouches for is nobody") {
    expect_of_clinic({
        {"p-1042", "view", "health", "own-record", "unknown-name"},
        {"someone", "view", "appointments", "", "unknown-name"},
        {"alma as patient", "view", "health", "own-record", "not-assigned"},
    });
}

TEST_CASE("doctors and nurses of the clinic see the records of patients in their care") {
    expect_of_clinic({
        {"alma", "view", "health.notes", "treating, not own-record", "granted"},
        {"ines", "view", "health.notes", "treating, not own-record", "granted"},
        {"ines", "view", "health.prescriptions", "treating, not own-record", "granted"},
        {"ines", "store", "health.results", "treating, not own-record", "granted"},
        {"ines", "store", "health.notes", "treating, not own-record", "granted"},
        {"kofi", "modify", "health", "treating, not own-record", "granted"},
        {"kofi", "view", "health.results", "not treating, not own-record", "unmet"},
        {"alma", "view", "health.notes", "not treating, not own-record", "unmet"},
        {"alma", "view", "health.notes", "not own-record", "undecided"},
        {"alma", "view", "appointments", "", "granted"},
        {"ines", "store", "appointments", "", "not-granted"},
        {"ines", "view", "insurance", "", "not-granted"},
    });
}

TEST_CASE("doctors of the clinic prescribe, and nurses do not") {
    expect_of_clinic({
        {"joon", "store", "health.prescriptions", "treating, not own-record", "granted"},
        {"joon", "modify", "health.prescriptions", "treating, not own-record", "granted"},
        {"ines", "store", "health.prescriptions", "treating, not own-record", "not-granted"},
        {"hale", "store", "health.prescriptions", "treating, not own-record", "not-granted"},
    });
}

TEST_CASE("staff of the clinic read their own and their family's record on the portal") {
    expect_of_clinic({
        {"ines", "view", "health", "treating, own-record", "forbidden"},
        {"alma", "store", "health.prescriptions", "treating, own-record", "forbidden"},
        {"priya", "view", "health.notes", "open-request, own-record", "forbidden"},
        {"ines", "view", "health", "treating", "forbidden"},
        {"ines", "view", "contact", "own-record", "granted"},
    });
}

TEST_CASE("a signed note of the clinic stays as it is") {
    expect_of_clinic({
        {"alma", "modify", "health.notes", "treating, not own-record, not signed", "granted"},
        {"alma", "modify", "health.notes", "treating, not own-record, signed", "forbidden"},
        {"alma", "modify", "health.notes", "treating, not own-record", "forbidden"},
        {"alma", "store", "health.notes", "treating, not own-record, signed", "granted"},
    });
}

TEST_CASE("the front desk of the clinic sees appointments and contact, and no health data") {
    expect_of_clinic({
        {"rosa", "view", "appointments", "", "granted"},
        {"rosa", "modify", "appointments", "", "granted"},
        {"rosa", "view", "contact", "", "granted"},
        {"ben", "view", "appointments", "", "granted"},
        {"rosa", "store", "contact", "", "granted"},
        {"rosa", "modify", "insurance", "", "granted"},
        {"rosa", "view", "health", "treating, not own-record", "not-granted"},
        {"rosa", "view", "health.notes", "treating, not own-record", "not-granted"},
        {"rosa", "view", "bill", "", "not-granted"},
        {"rosa", "delete", "appointments", "retention-over, not legal-hold", "not-granted"},
        {"tom", "modify", "appointments", "", "granted"},
        {"tom", "view", "health.notes", "treating, not own-record", "granted"},
        {"tom as front-desk", "view", "health.notes", "treating, not own-record", "not-granted"},
    });
}

TEST_CASE("billing of the clinic sees codes and invoices, and no notes") {
    expect_of_clinic({
        {"gwen", "view", "bill.codes", "", "granted"},
        {"gwen", "view", "bill.invoices", "", "granted"},
        {"gwen", "store", "bill.invoices", "not own-record", "granted"},
        {"gwen", "view", "insurance", "", "granted"},
        {"gwen", "view", "health.notes", "treating, not own-record", "forbidden"},
        {"gwen", "view", "health", "treating, not own-record", "forbidden"},
        {"marta as write-offs", "view", "health.results", "not own-record", "forbidden"},
        {"sam as write-offs", "view", "health.results", "not own-record", "forbidden"},
        {"gwen", "view", "appointments", "", "not-granted"},
        {"alma", "store", "bill.codes", "treating, not own-record", "granted"},
        {"alma", "view", "bill.invoices", "treating", "not-granted"},
    });
}

TEST_CASE("codes of the clinic go to the insurer unless the patient paid and said no") {
    expect_of_clinic({
        {"gwen", "disclose", "bill.codes", "not keep-from-insurer", "granted"},
        {"gwen", "disclose", "bill.codes", "keep-from-insurer", "forbidden"},
        {"gwen", "disclose", "bill.codes", "", "forbidden"},
        {"gwen", "disclose", "bill.invoices", "not keep-from-insurer", "not-granted"},
        {"priya", "disclose", "bill.codes", "consent, keep-from-insurer", "granted"},
    });
}

TEST_CASE("in the clinic nobody both treats and writes off a bill") {
    expect_of_clinic({
        {"marta as write-offs", "write-off", "bill", "not own-record", "granted"},
        {"sam as doctor + write-offs", "write-off", "bill", "not own-record", "separation"},
        {"sam as doctor + write-offs", "view", "health", "treating, not own-record", "separation"},
        {"sam as nurse + write-offs", "write-off", "bill", "not own-record", "separation"},
        {"sam as therapist + write-offs", "write-off", "bill", "not own-record", "separation"},
        {"alma as doctor + write-offs", "write-off", "bill", "not own-record", "not-assigned"},
        {"alma", "write-off", "bill", "not own-record", "not-granted"},
        {"gwen", "write-off", "bill", "not own-record", "not-granted"},
    });
}

TEST_CASE("a clinic that lists somebody who treats for write-offs or for research has no policy") {
    CHECK(code_with_one_more_role("clinic", "alma", "write-offs") == "separation-by-user");
    CHECK(code_with_one_more_role("clinic", "marta", "nurse") == "separation-by-user");
    CHECK(code_with_one_more_role("clinic", "quin", "nurse") == "separation-by-user");
    CHECK(code_with_one_more_role("clinic", "gwen", "front-desk") == "");
}

TEST_CASE("the manager of the clinic bills and writes off, but not at once") {
    expect_of_clinic({
        {"marta", "view", "bill", "", "separation"},
        {"marta as billing + write-offs", "view", "bill", "", "separation"},
        {"marta as billing", "store", "bill", "not own-record", "granted"},
        {"marta as billing", "write-off", "bill", "not own-record", "not-granted"},
        {"marta as write-offs", "store", "bill", "not own-record", "not-granted"},
    });
}

TEST_CASE("nobody in the clinic decides on a bill of their own") {
    expect_of_clinic({
        {"marta as write-offs", "write-off", "bill", "own-record", "forbidden"},
        {"marta as write-offs", "write-off", "bill", "", "forbidden"},
        {"gwen", "modify", "bill.invoices", "own-record", "forbidden"},
        {"gwen", "view", "bill.invoices", "own-record", "granted"},
    });
}

TEST_CASE("a therapist's notes of the clinic are for who wrote them") {
    expect_of_clinic({
        {"hale", "view", "health.psychotherapy", "treating, wrote-it, not own-record", "granted"},
        {"hale", "store", "health.psychotherapy", "treating, wrote-it, not own-record", "granted"},
        {"hale", "view", "health.psychotherapy", "treating, not wrote-it, not own-record", "unmet"},
        {"hale", "view", "health.psychotherapy", "treating, not wrote-it, consent, not own-record",
         "unmet"},
        {"hale", "disclose", "health.psychotherapy",
         "wrote-it, not consent, for-treatment, not own-record", "unmet"},
        {"hale", "disclose", "health.psychotherapy", "wrote-it, consent, not own-record",
         "granted"},
        {"joon", "view", "health.psychotherapy", "treating, not wrote-it, not own-record",
         "undecided"},
        {"joon", "view", "health.psychotherapy",
         "treating, not wrote-it, not consent, not own-record", "unmet"},
        {"joon", "view", "health.psychotherapy", "treating, consent, not own-record", "granted"},
        {"ines", "view", "health.psychotherapy", "treating, consent, not own-record",
         "not-granted"},
        {"priya", "view", "health.psychotherapy", "open-request, consent, not own-record",
         "not-granted"},
        {"p-1042 as patient", "view", "health.psychotherapy", "own-record, consent", "not-granted"},
    });
}

TEST_CASE("a record leaves the clinic with the patient's word, or to who treats them too") {
    expect_of_clinic({
        {"alma", "disclose", "health.results", "treating, for-treatment, not own-record",
         "granted"},
        {"alma", "disclose", "health", "treating, consent, not own-record", "granted"},
        {"alma", "disclose", "health.notes",
         "treating, not consent, not for-treatment, not own-record", "unmet"},
        {"alma", "disclose", "health.notes", "not treating, consent, not own-record", "unmet"},
        {"ines", "disclose", "health.notes", "treating, consent, not own-record", "not-granted"},
        {"priya", "disclose", "health.notes", "consent, not own-record", "granted"},
        {"priya", "disclose", "health.notes", "not own-record", "undecided"},
        {"priya", "disclose", "bill.invoices", "consent", "granted"},
        {"priya", "disclose", "bill.invoices", "not consent", "unmet"},
        {"priya", "disclose", "bill", "not consent", "unmet"},
    });
}

TEST_CASE("the privacy officer of the clinic opens a record only to answer its patient") {
    expect_of_clinic({
        {"priya", "view", "health", "open-request, not own-record", "granted"},
        {"priya", "view", "bill.codes", "open-request", "granted"},
        {"priya", "view", "health", "not open-request, not own-record", "unmet"},
        {"priya", "view", "bill", "", "undecided"},
        {"priya", "view", "health.notes", "not open-request, not own-record", "unmet"},
        {"priya", "modify", "health.notes", "open-request, not own-record, not signed",
         "not-granted"},
    });
}

TEST_CASE("the clinic deletes when the time is over and nobody asked to keep it") {
    expect_of_clinic({
        {"priya", "delete", "health.notes", "retention-over, not legal-hold, not own-record",
         "granted"},
        {"priya", "delete", "contact", "retention-over, not legal-hold", "granted"},
        {"priya", "delete", "appointments", "retention-over, not legal-hold", "granted"},
        {"priya", "delete", "insurance", "retention-over, not legal-hold", "granted"},
        {"priya", "delete", "bill.codes", "retention-over, not legal-hold, not own-record",
         "granted"},
        {"priya", "delete", "health.notes", "not retention-over, not legal-hold, not own-record",
         "unmet"},
        {"priya", "delete", "contact", "not legal-hold", "undecided"},
        {"priya", "delete", "appointments", "not legal-hold", "undecided"},
        {"priya", "delete", "insurance", "not retention-over, not legal-hold", "unmet"},
        {"priya", "delete", "bill", "not retention-over, not legal-hold, not own-record", "unmet"},
        {"priya", "delete", "bill", "retention-over, not legal-hold, own-record", "forbidden"},
        {"priya", "delete", "health.notes", "retention-over, legal-hold, not own-record",
         "forbidden"},
        {"priya", "delete", "bill", "retention-over, legal-hold, not own-record", "forbidden"},
        {"priya", "delete", "contact", "retention-over", "forbidden"},
        {"priya", "delete", "appointments", "retention-over, legal-hold", "forbidden"},
        {"priya", "delete", "insurance", "retention-over, legal-hold", "forbidden"},
        {"hale", "delete", "health.psychotherapy",
         "wrote-it, retention-over, not legal-hold, not own-record", "granted"},
        {"alma", "delete", "health.notes",
         "treating, retention-over, not legal-hold, not own-record", "not-granted"},
    });
}

TEST_CASE("research in the clinic sees no names, and only what patients agreed to") {
    expect_of_clinic({
        {"quin", "view", "health.results", "pseudonymised, consent", "granted"},
        {"quin", "view", "health.prescriptions", "pseudonymised, consent", "granted"},
        {"quin", "view", "health.results", "not pseudonymised, consent", "unmet"},
        {"quin", "view", "health.results", "pseudonymised, not consent", "unmet"},
        {"quin", "view", "health.results", "pseudonymised", "undecided"},
        {"quin", "view", "health.prescriptions", "not pseudonymised, consent", "unmet"},
        {"quin", "view", "health.prescriptions", "pseudonymised, not consent", "unmet"},
        {"quin", "view", "health.notes", "pseudonymised, consent", "not-granted"},
        {"quin", "view", "contact", "consent", "forbidden"},
        {"quin", "view", "bill.codes", "pseudonymised, consent", "forbidden"},
        {"quin", "view", "appointments", "consent", "forbidden"},
        {"quin", "view", "insurance", "consent", "forbidden"},
        {"sam as research + doctor", "view", "health.results", "pseudonymised, consent",
         "separation"},
    });
}

TEST_CASE("a guest of the clinic is let in until the last day, and not a day longer") {
    expect_of_clinic({{"leon", "view", "health", "treating, not own-record", "expired"},
                      {"noor", "view", "health", "treating, not own-record", "granted"}});
    expect_of_clinic({{"noor", "view", "health", "treating, not own-record", "granted"}},
                     "2027-04-30");
    expect_of_clinic({{"noor", "view", "health", "treating, not own-record", "expired"},
                      {"noor as doctor", "view", "health", "treating, not own-record", "expired"},
                      {"vera", "view", "health", "treating, not own-record", "granted"}},
                     "2027-05-01");
    expect_of_clinic({{"leon", "view", "health", "treating, not own-record", "granted"}},
                     "2026-08-31");
    expect_of_clinic({{"quin", "view", "health.results", "pseudonymised, consent", "expired"}},
                     "2028-01-01");
}

TEST_CASE("who treats patients in the clinic has no right without treating this one") {
    policy const clinic = sample_policy("clinic");
    CHECK(rights_without(clinic, "treating", "nurse", "health") == "");
    CHECK(rights_without(clinic, "treating", "doctor", "health") == "");
    CHECK(rights_without(clinic, "treating", "doctor", "bill") == "");
    CHECK(rights_without(clinic, "treating", "therapist", "bill") == "");
    CHECK(rights_without(clinic, "treating", "therapist", "health") ==
          "delete health.psychotherapy\ndisclose health.psychotherapy\n");
    CHECK(rights_without(clinic, "wrote-it", "therapist", "health.psychotherapy") == "");
    CHECK(rights_without(clinic, "wrote-it and", "therapist", "health.psychotherapy") == "");
}

TEST_CASE("a patient of the clinic has no right on what is not theirs") {
    CHECK(rights_without(sample_policy("clinic"), "own-record", "patient") == "");
}

TEST_CASE("each kind of data in the clinic is open to those who need it, and nobody else") {
    // Small letters: under a condition.
    constexpr std::string_view expected =
        "appointments: care-team V, doctor V, front-desk VMS, nurse V, patient vms, "
        "records d, therapist V\n"
        "bill: billing Vms, patient vr, records vdi, write-offs Vw\n"
        "bill.codes: billing Vmsi, doctor vms, patient vr, records vdi, therapist vms\n"
        "bill.invoices: billing Vms, patient vr, records vdi, write-offs V\n"
        "contact: billing V, care-team V, doctor V, front-desk VMS, nurse V, patient vm, "
        "records Vd, staff V, therapist V, write-offs V\n"
        "health: care-team vms, doctor vmsi, nurse vms, patient vr, records vdi, "
        "therapist vms\n"
        "health.notes: care-team vms, doctor vmsi, nurse vms, patient vr, records vdi, "
        "therapist vms\n"
        "health.prescriptions: care-team v, doctor vmsi, nurse v, patient vr, records "
        "vdi, research v, therapist v\n"
        "health.psychotherapy: doctor v, therapist vmsdi\n"
        "health.results: care-team vs, doctor vsi, nurse vs, patient vr, records vdi, "
        "research v, therapist vs\n"
        "insurance: billing VM, front-desk VMS, patient vm, records d\n";
    CHECK(rights_by_category(sample_policy("clinic"),
                             "view, modify, store, delete, disclose, request-correction, write-off",
                             "VMSDIRW") == expected);
}

TEST_CASE("all that the clinic keeps is under HIPAA, and health data is the most sensitive") {
    CHECK(labelled(sample_policy("clinic"), "HIPAA") ==
          "contact confidential\n"
          "appointments confidential\n"
          "insurance confidential\n"
          "health restricted\n"
          "health.notes restricted\n"
          "health.results restricted\n"
          "health.prescriptions restricted\n"
          "health.psychotherapy restricted\n"
          "bill confidential\n"
          "bill.codes restricted\n"
          "bill.invoices confidential\n");
}
