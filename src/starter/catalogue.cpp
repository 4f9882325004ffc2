#include "starter/catalogue.hpp"

namespace rolecall::inline v0_1::starter {
namespace {

constexpr choice work[] = {
    {"marketing", "Wins customers, and keeps in touch with them", true},
    {"sales", "Makes offers, takes orders, and looks after customers of its own"},
    {"support", "Answers when customers call or write", true},
    {"billing", "Sends invoices, and takes the money", true},
    {"refunds", "Gives money back"},
    {"shipping", "Packs and delivers what was ordered"},
    {"care", "Treats or advises people, and takes notes of it"},
};

constexpr choice data[] = {
    {"contact", "Name, address, e-mail and phone number", true},
    {"orders", "What was ordered or booked, and how far it is", true},
    {"payment", "Bank and card details, and what is owed", true},
    {"health", "Treatments, complaints, allergies: whatever is about health"},
    {"photos", "Photos and quotes that customers sent us"},
    {"newsletter", "E-mail addresses of people who asked for our newsletter", true},
    {"messages", "What customers wrote to us, and what we answered"},
    {"feedback", "Answers to surveys, and reviews"},
};

constexpr category categories[] = {
    {.name = "contact",
     .data = "contact",
     .about = "Name, address, e-mail and phone number",
     .level = "confidential",
     .correctable = true},
    {.name = "orders",
     .data = "orders",
     .about = "What was ordered or booked, and how far it is",
     .level = "confidential",
     .correctable = true,
     .kept_by_law = true},
    {.name = "payment",
     .data = "payment",
     .about = "Bank details, what was paid, and what is owed",
     .level = "restricted",
     .kept_by_law = true},
    {.name = "payment.card",
     .data = "payment",
     .about = "Card numbers",
     .level = "restricted",
     .law = "PCI DSS",
     .named_only = true},
    {.name = "health",
     .data = "health",
     .about = "Treatments, complaints, allergies: whatever is about health",
     .level = "restricted",
     .law = "HIPAA",
     .law_comment = "the law of the United States: name your own",
     .correctable = true,
     .kept_by_law = true},
    {.name = "photos",
     .data = "photos",
     .about = "Photos and quotes that customers sent us",
     .level = "confidential"},
    {.name = "newsletter",
     .data = "newsletter",
     .about = "E-mail addresses of people who asked for our newsletter",
     .level = "confidential",
     .correctable = true},
    {.name = "messages",
     .data = "messages",
     .about = "What customers wrote to us, and what we answered",
     .level = "confidential",
     .correctable = true},
    {.name = "feedback",
     .data = "feedback",
     .about = "Answers to surveys, and reviews",
     .level = "internal"},
};

constexpr requirement requirements[] = {
    {"payment", "store", "encrypted", "from everyone, for payment and all that lies below it"},
    {"payment.card", "view", "masked", ""},
    {"payment.card", "store", "encrypted", ""},
    {"photos", "store", "consent", ""},
    {"photos", "publish", "consent", "deleting needs none"},
    {"newsletter", "store", "consent", ""},
    {"feedback", "publish", "consent", ""},
};

constexpr right rights[] = {
    {"marketing", "photos", "view", ""},
    {"marketing", "photos", "store", ""},
    {"marketing", "photos", "publish", ""},
    {"marketing", "newsletter", "view", ""},
    {"marketing", "newsletter", "store", ""},
    {"marketing", "feedback", "view", ""},
    {"marketing", "feedback", "store", ""},
    {"marketing", "feedback", "publish", ""},

    {"sales", "contact", "view", "own-customer"},
    {"sales", "contact", "modify", "own-customer"},
    {"sales", "contact", "store", ""},
    {"sales", "orders", "view", "own-customer"},
    {"sales", "orders", "modify", "own-customer"},
    {"sales", "orders", "store", ""},

    {"support", "contact", "view", "open-ticket"},
    {"support", "contact", "modify", "open-ticket"},
    {"support", "orders", "view", "open-ticket"},
    {"support", "messages", "view", ""},
    {"support", "messages", "store", ""},

    {"billing", "contact", "view", "open-invoice"},
    {"billing", "orders", "view", "open-invoice"},
    {"billing", "payment", "view", ""},
    {"billing", "payment", "modify", "open-invoice"},
    {"billing", "payment", "store", ""},
    {"billing", "payment.card", "view", ""},
    {"billing", "payment.card", "store", ""},

    {"refunds", "orders", "view", "refund-asked"},
    {"refunds", "payment", "view", "refund-asked"},
    {"refunds", "payment", "modify", "refund-asked"},

    {"shipping", "contact", "view", "open-order"},
    {"shipping", "orders", "view", "open-order"},
    {"shipping", "orders", "modify", "open-order"},

    {"care", "contact", "view", "treating"},
    {"care", "health", "view", "treating"},
    {"care", "health", "modify", "treating"},
    {"care", "health", "store", "treating"},
};

constexpr fact facts[] = {
    {"own-customer", "The person who asks looks after this customer"},
    {"open-ticket", "A ticket of this customer is open, and assigned to the person who asks"},
    {"open-invoice", "An invoice to this customer is not paid yet"},
    {"refund-asked", "The customer asked for their money back"},
    {"open-order", "An order of this customer is paid, and not delivered yet"},
    {"treating", "The customer is in the care of the person who asks"},
    {"consent", "The customer agreed to exactly this, and has not taken it back"},
    {"encrypted", "The value is encrypted before it is written"},
    {"masked", "At most the last four digits are shown"},
    {"privacy-request",
     "The customer asked for a copy, a correction or deletion, and showed who they are"},
    {"must-be-kept", "Tax law, a court or a dispute makes us keep this"},
};

}  // namespace

std::span<choice const> kinds_of_work() noexcept { return work; }
std::span<choice const> kinds_of_data() noexcept { return data; }
std::span<category const> all_categories() noexcept { return categories; }
std::span<requirement const> all_requirements() noexcept { return requirements; }
std::span<right const> all_rights() noexcept { return rights; }
std::span<fact const> all_facts() noexcept { return facts; }

}  // namespace rolecall::inline v0_1::starter
