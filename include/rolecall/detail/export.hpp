// ROLECALL_API marks what a shared library of ours shows. A static one (the default) needs
// no marks; a build with BUILD_SHARED_LIBS defines ROLECALL_SHARED for itself and its users.
#ifndef ROLECALL_DETAIL_EXPORT_HPP
#define ROLECALL_DETAIL_EXPORT_HPP

#if defined(ROLECALL_SHARED) && (defined(__GNUC__) || defined(__clang__))
#define ROLECALL_API __attribute__((visibility("default")))
#else
#define ROLECALL_API
#endif

#endif
