#include "journal/check_desk.hpp"

#include <doctest/doctest.h>

#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace rolecall::testing {

using namespace checking;

namespace {

class counting_listener : public journal_check_listener {
public:
    void is_at(std::uint64_t done, std::uint64_t total) override {
        CHECK(done <= total);
        CHECK(done >= last);
        last = done;
        of = total;
        ++calls;
    }
    std::uint64_t last = 0, of = 0, calls = 0;
};

}  // namespace

TEST_CASE("a check tells what is there") {
    small_journal j;
    journal_check_options options;
    options.keys = {public_of(known_key(1))};
    options.heads = j.heads;
    counting_listener listener;
    options.listener = &listener;
    journal_report const report = trail::check(j.files, "j", options, false);
    CHECK_MESSAGE(report.findings.empty(), shown(report));
    CHECK(report.journal == "30313233343536373839616263646566");
    CHECK(report.heads_checked == 2);
    CHECK(report.signatures_checked == 5);
    REQUIRE(report.writers.size() == 2);
    journal_writer_report const& w = report.writers[0];
    CHECK(w.writer == 1);
    CHECK(w.segments == 3);
    CHECK(w.checkpoints == 3);
    CHECK(w.first == 1);
    CHECK(w.last == 14);
    CHECK(w.first_time == begin + 1001);
    CHECK(w.last_time > w.first_time);
    CHECK(w.lost == 0);
    CHECK(w.head.head == j.heads[0].head);
    CHECK(w.head.sequence == 14);
    CHECK(w.head.segment == 3);
    CHECK(w.checkpoint.key == known_key(1).fingerprint());
    std::uint64_t bytes = 0;
    for (auto const& [path, text] : j.files.contents)
        if (path.starts_with("j/writer-1/")) bytes += text.size();
    CHECK(w.bytes == bytes);
    CHECK(listener.calls > 0);
    CHECK(listener.last == listener.of);
}

TEST_CASE("a folder that is no journal has one bad finding") {
    memory_files files;
    files.contents["j/other"] = "x";
    journal_report const report = trail::check(files, "j", {}, false);
    CHECK(report.findings.size() == 1);
    CHECK_FALSE(report.good());
}

TEST_CASE("a folder that others may write to is a warning") {
    small_journal j;
    j.files.is_private = false;
    CHECK(
        says(trail::check(j.files, "j", {}, false), journal_verdict::warning, "others may write"));
}

TEST_CASE("without a key a signed journal gives a warning, and one that nobody signed a note") {
    small_journal j;
    CHECK(
        says(trail::check(j.files, "j", {}, false), journal_verdict::warning, "no key was given"));
    desk d;
    d.chain.open_segment();
    d.note(1, {});
    CHECK(has_only_notes(d.check({}, 0)));
    CHECK(says(d.check({}, 0), journal_verdict::note, "nothing is signed"));
    CHECK(says(d.check(), journal_verdict::bad, "no key that is trusted"));
    CHECK(has_only_notes(d.check({d.chain.head()})));
}

TEST_CASE("a key that a trusted key names as its successor is trusted, and no other") {
    trail::signing_key const next = known_key(2);
    auto const write = [&](desk& d, std::string const& signature) {
        d.chain.open_segment();
        d.note(1, {{"key", d.key.fingerprint()}});
        d.chain.checkpoint(d.key);
        d.note(6, {{"from", d.key.fingerprint()},
                   {"to", next.fingerprint()},
                   {"public", next.public_pem()},
                   {"signature", signature}});
        d.chain.checkpoint(next);
    };
    std::string problem;
    std::string const raw = journal_public_key::from_pem(next.public_pem(), problem)->raw();
    std::string const text = "rolecall-journal-key\n30313233343536373839616263646566\n" +
                             known_key(1).fingerprint() + '\n' +
                             trail::hex(std::as_bytes(std::span(raw.data(), raw.size()))) + '\n';
    std::string const signature = known_key(1).sign(text);
    std::string const digits =
        trail::hex(std::as_bytes(std::span(signature.data(), signature.size())));
    {
        desk d;
        write(d, digits);
        CHECK(has_only_notes(d.check()));
        CHECK(d.check().signatures_checked == 2);
        // Who trusts the newer key has all that is before its checkpoint vouched for.
        CHECK(has_only_notes(d.check({}, 2)));
    }
    {
        desk d;
        write(d, "");
        CHECK(says(d.check(), journal_verdict::bad, "for which nobody vouches"));
        CHECK(has_only_notes(d.check({}, 2)));
        CHECK(has_only_notes(d.check({d.chain.head()})));
    }
    {
        std::string forged = digits;
        forged[5] = forged[5] == '0' ? '1' : '0';
        desk d;
        write(d, forged);
        CHECK(says(d.check(), journal_verdict::bad, "is not what it says"));
    }
}

TEST_CASE("a checkpoint of something else, and one that nobody signed, are bad") {
    desk d;
    d.chain.open_segment();
    d.note(1, {});
    journal_head head = d.chain.head();
    head.sequence = 7;
    REQUIRE(trail::sign(head, d.key));
    auto const with = [&](std::string const& payload) {
        desk e;
        e.chain.open_segment();
        e.note(1, {});
        e.chain.bytes() += raw_frame(3, 0, 2, begin, e.chain.last(), payload);
        return e.check();
    };
    CHECK(says(with(to_text(head)), journal_verdict::bad, "not the head of the frame before"));
    CHECK(says(with(to_text(d.chain.head())), journal_verdict::bad, "no signed head"));
    CHECK(says(with("something"), journal_verdict::bad, "no signed head"));
    head = d.chain.head();
    REQUIRE(trail::sign(head, d.key));
    CHECK(has_only_notes(with(to_text(head))));
    head.signature[3] = static_cast<char>(head.signature[3] ^ 1);
    CHECK(says(with(to_text(head)), journal_verdict::bad, "does not hold"));
}

namespace {

// Three segments; the first ones are dropped, and the note stands in the third.
struct dropping {
    explicit dropping(std::string hash = {}, bool sign = true) {
        for (int s = 1; s <= 2; ++s) {
            d.chain.open_segment();
            d.note(10, {{"name", "x"}});
            d.chain.checkpoint(d.key);
            d.chain.close();
            ends.push_back(d.chain.head());
        }
        d.chain.open_segment();
        d.note(8, {{"through", "2"},
                   {"sequence", "2"},
                   {"hash", hash.empty() ? ends[1].head : hash},
                   {"before", "5"}});
        if (sign) d.chain.checkpoint(d.key);
    }
    void drop(std::uint64_t segment) {
        d.files.contents.erase("j/writer-1/" + trail::segment_name(segment));
    }
    desk d;
    std::vector<journal_head> ends;
};

}  // namespace

TEST_CASE("segments that were dropped on purpose are a note, wherever the dropping stopped") {
    dropping all;
    CHECK(has_only_notes(all.d.check()));
    all.drop(1);
    CHECK(has_only_notes(all.d.check()));
    all.drop(2);
    CHECK(has_only_notes(all.d.check()));
    CHECK(says(all.d.check(), journal_verdict::note, "dropped on purpose"));
    CHECK(all.d.check().writers[0].first == 3);
    // The names of files may reach the disk in another order.
    dropping other;
    other.drop(2);
    CHECK(has_only_notes(other.d.check()));
}

TEST_CASE("segments that are missing without a note, or by a note that is not true, are bad") {
    dropping wrong(std::string(64, 'a'));
    wrong.drop(1);
    wrong.drop(2);
    CHECK(
        says(wrong.d.check(), journal_verdict::bad, "segments 1 to 2 are missing, with 2 records"));
    dropping further;
    further.drop(3);
    further.drop(1);
    CHECK_FALSE(further.d.check().good());
}

TEST_CASE("a note of dropping that nobody vouches for is bad where a key is trusted") {
    dropping forged({}, false);
    forged.drop(1);
    forged.drop(2);
    CHECK(says(forged.d.check(), journal_verdict::bad, "nobody vouches for that note"));
    CHECK(forged.d.check({forged.d.chain.head()}).good());
}

TEST_CASE("a head of a segment that was dropped can't be compared, but where it is its end") {
    dropping all;
    journal_head const old = all.ends[0];
    journal_head const last = all.ends[1];
    CHECK(has_only_notes(all.d.check({old, last})));
    all.drop(1);
    all.drop(2);
    CHECK(says(all.d.check({old}), journal_verdict::note, "is of a segment that was dropped"));
    CHECK(has_only_notes(all.d.check({old, last})));
    CHECK(says(all.d.check({old}, 0), journal_verdict::warning, "nothing vouches for"));
}

TEST_CASE("a head is on the chain, beyond its end, or of another chain") {
    desk d;
    d.chain.open_segment();
    d.note(1, {});
    journal_head const first = d.chain.head();
    std::string const short_file = d.chain.bytes();
    d.note(2, {});
    journal_head const second = d.chain.head();
    CHECK(has_only_notes(d.check({first, second}, 0)));
    journal_head wrong = first;
    wrong.head[0] = wrong.head[0] == '0' ? '1' : '0';
    CHECK(says(d.check({wrong}, 0), journal_verdict::bad, "is not on the chain"));
    wrong = first;
    wrong.sequence = 9;
    CHECK(says(d.check({wrong}, 0), journal_verdict::bad, "says another place"));
    wrong = first;
    wrong.journal = std::string(32, 'a');
    CHECK(says(d.check({wrong}, 0), journal_verdict::bad, "of another journal"));
    wrong = first;
    wrong.writer = 4;
    CHECK(says(d.check({wrong}, 0), journal_verdict::bad, "it is not there"));
    wrong = first;
    REQUIRE(trail::sign(wrong, d.key));
    CHECK(has_only_notes(d.check({wrong})));
    wrong.time += 1;
    CHECK(says(d.check({wrong}), journal_verdict::bad, "a signature that does not hold"));
    d.chain.bytes() = short_file;
    CHECK(says(d.check({second}, 0), journal_verdict::bad, "its end was cut off"));
}

}  // namespace rolecall::testing
