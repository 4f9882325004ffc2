// Compiles only while no header of ours, but format.hpp, sees another library.
#include "every_header_but_format.hpp"

// yaml-cpp guards each file with a number of its own; dll.h is in all that declare anything.
#if defined(DLL_H_62B23520_7C8E_11DE_8A39_0800200C9A66) ||          \
    defined(YAML_H_62B23520_7C8E_11DE_8A39_0800200C9A66) ||         \
    defined(MARK_H_62B23520_7C8E_11DE_8A39_0800200C9A66) ||         \
    defined(ANCHOR_H_62B23520_7C8E_11DE_8A39_0800200C9A66) ||       \
    defined(PARSER_H_62B23520_7C8E_11DE_8A39_0800200C9A66) ||       \
    defined(EMITTER_H_62B23520_7C8E_11DE_8A39_0800200C9A66) ||      \
    defined(EVENTHANDLER_H_62B23520_7C8E_11DE_8A39_0800200C9A66) || \
    defined(EXCEPTIONS_H_62B23520_7C8E_11DE_8A39_0800200C9A66)
#error "a header of rolecall sees yaml-cpp"
#endif

#if defined(FMT_VERSION) || defined(FMT_CORE_H_) || defined(FMT_BASE_H_) || defined(FMT_FORMAT_H_)
#error "a header of rolecall sees fmt"
#endif

#if defined(BOOST_CONFIG_HPP) || defined(BOOST_VERSION) || defined(BOOST_CONFIG_ASSERT_HPP)
#error "a header of rolecall sees boost"
#endif

#if defined(OPENSSL_VERSION_NUMBER) || defined(OPENSSL_MACROS_H)
#error "a header of rolecall sees openssl"
#endif

#if defined(SQLITE_VERSION) || defined(SQLITE3_H)
#error "a header of rolecall sees sqlite3"
#endif
