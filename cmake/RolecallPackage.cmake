# Debian's packages, made by `./dev package`: librolecall0.1 (what programs need to run; its
# name has the SOVERSION), librolecall-dev, and rolecall, the program.

if(NOT CMAKE_INSTALL_PREFIX STREQUAL "/usr")
  message(FATAL_ERROR "Debian's packages install to /usr: -DCMAKE_INSTALL_PREFIX=/usr")
endif()

set(soname_version ${PROJECT_VERSION_MAJOR})
if(PROJECT_VERSION_MAJOR EQUAL 0)
  string(APPEND soname_version ".${PROJECT_VERSION_MINOR}")
endif()
set(runtime_package librolecall${soname_version})
set(development_package librolecall-dev)
set(program_package rolecall)

set(ROLECALL_PACKAGE_RELEASE 1 CACHE STRING "The revision of Debian's packages")
set(ROLECALL_PACKAGE_MAINTAINER "The rolecall maintainers <maintainers@rolecall.invalid>" CACHE
  STRING "Who answers for Debian's packages: a name and an address")
set(package_version ${PROJECT_VERSION}-${ROLECALL_PACKAGE_RELEASE})

# The date of the changelog is that of the sources, where it is given, so that who builds the
# same sources twice has the same packages.
string(TIMESTAMP package_date "%a, %d %b %Y %H:%M:%S +0000" UTC)
configure_file("${PROJECT_SOURCE_DIR}/cmake/debian/changelog.in"
  "${PROJECT_BINARY_DIR}/debian/changelog" @ONLY)
find_program(ROLECALL_GZIP gzip REQUIRED)
mark_as_advanced(ROLECALL_GZIP)
foreach(name changelog news)
  set(from "${PROJECT_BINARY_DIR}/debian/changelog")
  if(name STREQUAL "news")
    set(from "${PROJECT_SOURCE_DIR}/CHANGELOG.md")
  endif()
  execute_process(
    COMMAND "${ROLECALL_GZIP}" -9nc "${from}"
    OUTPUT_FILE "${PROJECT_BINARY_DIR}/debian/${name}.gz"
    COMMAND_ERROR_IS_FATAL ANY)
endforeach()

foreach(component runtime development program)
  set(doc "${CMAKE_INSTALL_DATAROOTDIR}/doc/${${component}_package}")
  install(FILES "${PROJECT_SOURCE_DIR}/cmake/debian/copyright"
    DESTINATION "${doc}" COMPONENT ${component})
  install(FILES "${PROJECT_BINARY_DIR}/debian/changelog.gz"
    DESTINATION "${doc}" RENAME changelog.Debian.gz COMPONENT ${component})
  install(FILES "${PROJECT_BINARY_DIR}/debian/news.gz"
    DESTINATION "${doc}" RENAME changelog.gz COMPONENT ${component})
  install(FILES "${PROJECT_SOURCE_DIR}/cmake/debian/${component}.overrides"
    DESTINATION "${CMAKE_INSTALL_DATAROOTDIR}/lintian/overrides"
    RENAME ${${component}_package}
    COMPONENT ${component})
endforeach()

set(CPACK_GENERATOR DEB)
set(CPACK_SOURCE_GENERATOR TGZ)
set(CPACK_SOURCE_PACKAGE_FILE_NAME rolecall-${PROJECT_VERSION})
set(CPACK_SOURCE_IGNORE_FILES "/\\\\.git/;/build/;/\\\\.cache/;~$;\\\\.swp$")
set(CPACK_PACKAGE_NAME rolecall)
set(CPACK_PACKAGE_VERSION ${PROJECT_VERSION})
set(CPACK_PACKAGE_VENDOR rolecall)
set(CPACK_PACKAGE_CHECKSUM SHA256)
set(CPACK_INSTALL_DEFAULT_DIRECTORY_PERMISSIONS
  OWNER_READ OWNER_WRITE OWNER_EXECUTE GROUP_READ GROUP_EXECUTE WORLD_READ WORLD_EXECUTE)
set(CPACK_STRIP_FILES ON)
set(CPACK_COMPONENTS_ALL runtime development program)

set(CPACK_DEB_COMPONENT_INSTALL ON)
set(CPACK_COMPONENTS_GROUPING IGNORE)
set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
set(CPACK_DEBIAN_COMPRESSION_TYPE xz)
set(CPACK_DEBIAN_PACKAGE_RELEASE ${ROLECALL_PACKAGE_RELEASE})
set(CPACK_DEBIAN_PACKAGE_SOURCE rolecall)
set(CPACK_DEBIAN_PACKAGE_MAINTAINER "${ROLECALL_PACKAGE_MAINTAINER}")
set(CPACK_DEBIAN_PACKAGE_PRIORITY optional)
set(CPACK_DEBIAN_PACKAGE_CONTROL_STRICT_PERMISSION ON)
set(CPACK_DEBIAN_PACKAGE_GENERATE_SHLIBS ON)
set(CPACK_DEBIAN_PACKAGE_GENERATE_SHLIBS_POLICY ">=")
set(CPACK_PACKAGE_DESCRIPTION_SUMMARY "")  # each package has its own

set(about "rolecall decides who in a business may view, modify, store or delete which
kind of customer data. The rules are one policy in YAML that its owner can
read; what no line of it allows is denied.
")

# dpkg-shlibdeps finds what the libraries and the program need to run.
set(CPACK_DEBIAN_RUNTIME_PACKAGE_NAME ${runtime_package})
set(CPACK_DEBIAN_RUNTIME_PACKAGE_SECTION libs)
set(CPACK_DEBIAN_RUNTIME_PACKAGE_SHLIBDEPS ON)
set(CPACK_DEBIAN_RUNTIME_PACKAGE_CONTROL_EXTRA "${PROJECT_SOURCE_DIR}/cmake/debian/triggers")
set(CPACK_DEBIAN_RUNTIME_DESCRIPTION "role-based access control for customer data - library
${about}
This package holds the shared libraries that applications need to run.")

set(CPACK_DEBIAN_DEVELOPMENT_PACKAGE_NAME ${development_package})
set(CPACK_DEBIAN_DEVELOPMENT_PACKAGE_SECTION libdevel)
set(CPACK_DEBIAN_DEVELOPMENT_PACKAGE_DEPENDS
  "${runtime_package} (= ${package_version}), libyaml-cpp-dev, libfmt-dev, libssl-dev (>= 3.0), libsqlite3-dev")
set(CPACK_DEBIAN_DEVELOPMENT_DESCRIPTION
  "role-based access control for customer data - development
${about}
This package holds what it takes to build applications: the headers, which
are all that a policy made in code needs; static libraries; and the files
for CMake (find_package) and pkg-config.")

set(CPACK_DEBIAN_PROGRAM_PACKAGE_NAME ${program_package})
set(CPACK_DEBIAN_PROGRAM_PACKAGE_SECTION utils)
set(CPACK_DEBIAN_PROGRAM_PACKAGE_SHLIBDEPS ON)
set(CPACK_DEBIAN_PROGRAM_DESCRIPTION "role-based access control for customer data - program
${about}
This package holds the program: it reports every mistake of a policy at its
line, answers who may do what and why, shows all rights as a table, and
makes a policy of a spreadsheet. Policies of three businesses come with it
as examples.")

include(CPack)
