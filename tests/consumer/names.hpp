// Names that an application may well have itself, in the global namespace and before it
// includes our headers. They are ours as well, within rolecall.
#ifndef CONSUMER_NAMES_HPP
#define CONSUMER_NAMES_HPP

namespace audit {
inline int entries = 0;
}
namespace store {
inline int shelves = 3;
}
namespace yaml {}
namespace detail {
struct access;
}
namespace testing {}

struct view {
    int window = 0;
};
struct policy;
struct session;
struct request;
struct document;
struct diagnostic;
struct facts;
class authorizer;
class category_ref;
enum class decision { no, yes };
enum class action { buy, sell };
enum reason { because };
void modify(view& which);
void explain(int line);
int digest(char const* text);

#endif
