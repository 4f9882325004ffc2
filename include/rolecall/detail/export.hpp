// ROLECALL_API marks what a shared library of ours shows. A static one needs no marks; a build
// of shared ones defines ROLECALL_SHARED for itself and its users.
#ifndef ROLECALL_DETAIL_EXPORT_HPP
#define ROLECALL_DETAIL_EXPORT_HPP

#if defined(ROLECALL_SHARED) && (defined(__GNUC__) || defined(__clang__))
#define ROLECALL_API __attribute__((visibility("default")))
#else
#define ROLECALL_API
#endif

// ROLECALL_COLD marks a function that no check calls. Its definition stands in detail/cold/, so
// that whoever links our library (which defines ROLECALL_COMPILED for them) need not compile it:
// then the library holds it. Without the library it comes with the header, inline.
#if defined(ROLECALL_COMPILED)
#define ROLECALL_COLD ROLECALL_API
#else
#define ROLECALL_COLD inline
#endif

#endif
