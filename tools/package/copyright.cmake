# Writes the copyright file of the packages: of solnoma, then of all that is linked into it.
# Usage: cmake "-DPACKAGES=A;B" -DOUTPUT=FILE -P copyright.cmake

cmake_minimum_required(VERSION 3.25)

set(text [[
solnoma is Copyright 2026 its authors, and distributed under the Apache License, version 2.0: on
Debian systems /usr/share/common-licenses/Apache-2.0 has its text.

The program uses Xapian, which is distributed under the GNU General Public License, version 2 or
later (/usr/share/common-licenses/GPL-2); together with it the program may be distributed under
version 3 of that licence (/usr/share/common-licenses/GPL-3), which goes with the Apache License.

Parts of Boost are compiled into it, under the Boost Software License, version 1.0
(https://www.boost.org/LICENSE_1_0.txt), which asks for no notice beside object code.

What follows are the copyright files of the other libraries that are compiled or linked into it.
]])
list(FILTER PACKAGES EXCLUDE REGEX "^libboost")  # Debian's file of all Boost has 2 MB
set(told)
foreach(package ${PACKAGES})
  set(file /usr/share/doc/${package}/copyright)
  if(NOT EXISTS ${file})
    message(WARNING "${file} is missing: the copyright file says nothing of ${package}")
    continue()
  endif()
  file(READ ${file} copyright)
  string(SHA1 digest "${copyright}")
  if(NOT digest IN_LIST told)  # packages of one source have the same file
    list(APPEND told ${digest})
    string(APPEND text "\n\n======== ${package} ========\n\n${copyright}")
  endif()
endforeach()
file(WRITE ${OUTPUT} "${text}")
