// A role_list is a view: a vector that nobody else keeps would be gone before it is read.
//
// expect: use of deleted function|call to deleted constructor|invokes a deleted function
// expect: use of deleted function|call to deleted constructor|invokes a deleted function
// expect: use of deleted function|call to deleted constructor|invokes a deleted function
#include <rolecall/role_list.hpp>

#include <string>
#include <string_view>
#include <vector>

std::vector<std::string> strings();
std::vector<std::string_view> views();
std::vector<rolecall::role_ref> references();

void lists() {
    std::vector<std::string> const kept = strings();
    rolecall::role_list const list = kept;
    (void)list;
#if CASE == 1
    rolecall::role_list const gone = strings();
#elif CASE == 2
    rolecall::role_list const gone = views();
#elif CASE == 3
    rolecall::role_list const gone = references();
#endif
}
