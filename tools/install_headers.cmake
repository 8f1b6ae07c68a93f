# Installs the public headers below include/solnoma/: those that are named, and all that these
# include. They name each other from there, as in "solnoma/engine/log.hpp", so that no name of a
# user's own project can come between.
# Usage: SOURCE (of the project), TO (a folder), HEADERS (a list, from SOURCE) are set before.

cmake_minimum_required(VERSION 3.25)

# A header in a room within a room is nobody's business but its own.
set(private "^(engine|events)/[a-z_]+/")
set(todo ${HEADERS})
set(done)
while(todo)
  list(POP_FRONT todo header)
  if(header IN_LIST done)
    continue()
  endif()
  list(APPEND done ${header})
  if(header MATCHES "${private}")
    message(FATAL_ERROR "${header} would be installed, but is private: a public header includes it")
  endif()
  file(READ ${SOURCE}/${header} text)
  string(REGEX MATCHALL "#include \"[^\"]+\"" includes "${text}")
  foreach(include ${includes})
    string(REGEX REPLACE "#include \"(.*)\"" "\\1" included "${include}")
    list(APPEND todo ${included})
  endforeach()
  string(REPLACE "#include \"tools/report/" "#include \"report/" text "${text}")
  string(REGEX REPLACE "#include \"(engine|events|projections|report)/" "#include \"solnoma/\\1/"
         text "${text}")
  string(REGEX REPLACE "^tools/report/" "report/" installed ${header})
  string(REPLACE "projections/solnoma.hpp" "solnoma.hpp" installed ${installed})
  file(WRITE ${TO}/${installed} "${text}")
endwhile()
