# Writes linked_packages(), of which tools/linked_packages.hpp tells, as a C++ source.
# Usage: cmake "-DPACKAGES=A;B" -DOUTPUT=FILE -P linked_packages.cmake

cmake_minimum_required(VERSION 3.25)

find_program(DPKG_QUERY dpkg-query)
set(lines)
if(DPKG_QUERY)
  execute_process(COMMAND ${DPKG_QUERY} -W "-f=\${source:Package} \${source:Version};" ${PACKAGES}
                  OUTPUT_VARIABLE lines COMMAND_ERROR_IS_FATAL ANY)
  list(REMOVE_ITEM lines "")
  list(REMOVE_DUPLICATES lines)
  list(SORT lines)
endif()
list(LENGTH lines number)
list(TRANSFORM lines REPLACE "(.+)" "    \"\\1\",\n")
list(JOIN lines "" lines)
file(CONFIGURE OUTPUT ${OUTPUT} @ONLY CONTENT [[
#include "tools/linked_packages.hpp"

#include <array>

namespace solnoma {
namespace {

constexpr std::array<std::string_view, @number@> kPackages{
@lines@};

}  // namespace

std::span<const std::string_view> linked_packages() { return kPackages; }

}  // namespace solnoma
]])
