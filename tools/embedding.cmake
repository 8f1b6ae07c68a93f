# For programs that embed it: find_package(solnoma), then link solnoma::projections, or
# solnoma::report for the reports as well; or pkg-config solnoma, solnoma-report.

set(public_headers projections/solnoma.hpp
  tools/report/formats.hpp tools/report/json/answers.hpp tools/report/text/answers.hpp)
install(CODE "set(SOURCE \"${PROJECT_SOURCE_DIR}\")
  set(TO \"\$ENV{DESTDIR}\${CMAKE_INSTALL_PREFIX}/${CMAKE_INSTALL_INCLUDEDIR}/solnoma\")
  set(HEADERS \"${public_headers}\")" COMPONENT dev)
install(SCRIPT tools/install_headers.cmake COMPONENT dev)

include(CMakePackageConfigHelpers)
write_basic_package_version_file(${CMAKE_CURRENT_BINARY_DIR}/solnoma-config-version.cmake
                                 COMPATIBILITY SameMinorVersion)
install(EXPORT solnoma NAMESPACE solnoma:: DESTINATION ${CMAKE_INSTALL_LIBDIR}/cmake/solnoma
        FILE solnoma-targets.cmake COMPONENT dev)
install(FILES tools/solnoma-config.cmake
              ${CMAKE_CURRENT_BINARY_DIR}/solnoma-config-version.cmake
        DESTINATION ${CMAKE_INSTALL_LIBDIR}/cmake/solnoma COMPONENT dev)

# The prefix is known when it is installed: `cmake --install --prefix` may name another one.
foreach(name solnoma solnoma-report)
  install(CODE "set(CMAKE_INSTALL_LIBDIR \"${CMAKE_INSTALL_LIBDIR}\")
  set(CMAKE_INSTALL_INCLUDEDIR \"${CMAKE_INSTALL_INCLUDEDIR}\")
  set(PROJECT_VERSION \"${PROJECT_VERSION}\")
  configure_file(\"${PROJECT_SOURCE_DIR}/tools/${name}.pc.in\"
                 \"\$ENV{DESTDIR}\${CMAKE_INSTALL_PREFIX}/${CMAKE_INSTALL_LIBDIR}/pkgconfig/${name}.pc\" @ONLY)"
          COMPONENT dev)
endforeach()

install(FILES projections/API.md DESTINATION ${CMAKE_INSTALL_DATADIR}/doc/libsolnoma-dev
        COMPONENT dev)
install(DIRECTORY tests/install/examples
        DESTINATION ${CMAKE_INSTALL_DATADIR}/doc/libsolnoma-dev COMPONENT dev)
