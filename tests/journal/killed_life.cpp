#include "journal/killed_life.hpp"

#include <rolecall/authorizer.hpp>
#include <rolecall/journal.hpp>
#include <rolecall/policy_builder.hpp>

#include <sys/mman.h>
#include <unistd.h>

#include <cstdlib>
#include <new>
#include <random>
#include <thread>
#include <vector>

namespace rolecall::testing {
namespace {

// Every way of recording has a category.
policy shop_of_kills() {
    policy_builder b;
    b.fact("consent", "The customer signed a release");
    b.category("account", "Name, address and contact details");
    b.category("payment", "Card and bank details");
    b.category("newsletter", "Who gets it");
    b.role("support")
        .may("account", {"view", "modify", "delete"})
        .may("payment", {"view"})
        .may("newsletter", {"view"}, if_fact("consent"));
    b.audit()
        .otherwise({audit_demand::block, 2'000})
        .category("payment", {audit_demand::required, 0})
        .category("newsletter", {audit_demand::best_effort, 0})
        .action("delete", {audit_demand::durable, 5'000});
    return b.build().value();
}

// The word of the question that this thread asks.
thread_local std::atomic<told_word>* word_now = nullptr;

// What the journal answers of the first event of a question is what its caller was told.
struct witness {
    journal& trail;

    recorded operator()(audit_event const& event) const {
        recorded const answer = trail(event);
        told_word asked = told_word::asked;
        if (word_now != nullptr)
            word_now->compare_exchange_strong(asked, answer == recorded::no ? told_word::refused
                                                     : event.answer()       ? told_word::allowed
                                                                            : told_word::denied);
        return answer;
    }
};

class caller {
public:
    caller(authorizer const& pdp, life_plan const& plan, unsigned stream,
           told_in_life::stream& told)
        : pdp_(pdp),
          plan_(plan),
          stream_(stream),
          told_(told),
          random_(plan.seed * 31 + stream),
          user_("user-" + std::to_string(random_() % 40)),
          session_(pdp.session(user_, {"support"})) {}

    void ask_all() {
        for (unsigned q = 0; q < questions_of_a_life; ++q) {
            std::string id = question_id(plan_.process, stream_, plan_.number, q);
            if (random_() % 8 == 0) id += '/' + std::string(random_() % 300, 'x');
            told_.words[q].store(told_word::asked);
            word_now = &told_.words[q];
            ask(id);
            word_now = nullptr;
            if (random_() % 32 == 0) ::usleep(static_cast<useconds_t>(random_() % 1'000));
        }
    }

private:
    response ask(std::string const& id) {
        static constexpr char const* categories[] = {"account", "payment", "newsletter", "ghost"};
        char const* const category = categories[random_() % 4];
        char const* const what = random_() % 40 == 0 ? "delete" : "view";
        std::vector<std::pair<std::string_view, fact_value>> facts;
        if (random_() % 2 == 0) facts.emplace_back("consent", true);
        if (random_() % 4 == 0) {
            request question{subject::user(user_, {"support"}), what, category, facts};
            question.record = id;
            question.origin = "till 3";
            return pdp_.decide(question);
        }
        context with;
        with.record = id;
        auto const on = pdp_.category(category);
        return pdp_.decide(*session_, *pdp_.action(what), on ? *on : category_ref{}, with);
    }

    authorizer const& pdp_;
    life_plan const& plan_;
    unsigned stream_;
    told_in_life::stream& told_;
    std::mt19937 random_;
    std::string user_;
    live_activation session_;
};

// Beside them: a note now and then, new segments, old ones dropped, the policy replaced by
// itself.
void do_the_rest(journal& trail, authorizer& pdp, life_plan const& plan,
                 told_in_life::stream& told) {
    std::mt19937 random(plan.seed * 17);
    for (unsigned q = 0; q < 40; ++q) {
        ::usleep(static_cast<useconds_t>(random() % 2'000));
        switch (random() % 8) {
            case 0: trail.rotate(); break;
            case 1: trail.retain(plan.drop_before); break;
            case 2: pdp.replace(pdp.current()); break;
            case 3: trail.sync(2'000); break;
            default:
                told.words[q].store(told_word::asked);
                bool const noted = trail.note_configured(
                    "kills", question_id(plan.process, notes_stream, plan.number, q));
                told.words[q].store(noted ? told_word::allowed : told_word::refused);
        }
    }
}

}  // namespace

shared_life::shared_life() : at_(nullptr) {
    void* const memory = ::mmap(nullptr, sizeof(told_in_life), PROT_READ | PROT_WRITE,
                                MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    if (memory == MAP_FAILED) throw std::bad_alloc();
    at_ = new (memory) told_in_life{};
}

shared_life::~shared_life() { ::munmap(at_, sizeof(told_in_life)); }

void shared_life::clear() noexcept { at_ = new (at_) told_in_life{}; }

std::string question_id(unsigned process, unsigned stream, std::uint64_t life, unsigned question) {
    return 'p' + std::to_string(process) + "-t" + std::to_string(stream) + "-l" +
           std::to_string(life) + "-q" + std::to_string(question);
}

void live(life_plan const& plan, told_in_life& told) {
    try {
        journal_options options;
        options.key = plan.key;
        options.origin = "kills " + std::to_string(plan.process);
        options.ring_records = std::size_t{64} << plan.seed % 3 * 3;  // to 4,096
        options.segment_bytes = 64U << 10U;
        options.sync_ms = 2;
        options.checkpoint_ms = 5;
        journal trail{plan.folder, options};
        if (!trail) {
            trail.problem().copy(told.why.data(), told.why.size() - 1);
            told.refused.store(true);
            ::_exit(3);
        }
        told.open.store(true);
        authorizer pdp{shop_of_kills(), witness{trail}};
        std::vector<std::thread> threads;
        for (unsigned t = 0; t < threads_of_a_life; ++t)
            threads.emplace_back([&, t] { caller(pdp, plan, t, told.streams[t]).ask_all(); });
        do_the_rest(trail, pdp, plan, told.streams[notes_stream]);
        for (std::thread& t : threads) t.join();
    } catch (std::exception const& error) {
        std::string(error.what()).copy(told.why.data(), told.why.size() - 1);
        told.refused.store(true);
        ::_exit(4);
    }
    ::_exit(0);
}

}  // namespace rolecall::testing
