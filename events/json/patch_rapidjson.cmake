# A copy of the installed RapidJSON, mended in three places for clang 19 and its sanitizers. Version
# 1.1.0, which Debian has, assigns to const members in an operator that nobody calls, which is an
# error called or not; adds to a null pointer, which is undefined; and counts the leading zeros of
# zero when a number is 0.000… to more than 22 places, which is undefined, too.
find_path(RAPIDJSON_INCLUDE rapidjson/document.h REQUIRED)
set(rapidjson_patched ${CMAKE_CURRENT_BINARY_DIR}/rapidjson_patched)
file(GLOB_RECURSE headers RELATIVE ${RAPIDJSON_INCLUDE} ${RAPIDJSON_INCLUDE}/rapidjson/*.h)
foreach(header ${headers})
  file(READ ${RAPIDJSON_INCLUDE}/${header} text)
  string(REPLACE "operator=(const GenericStringRef& rhs) { s = rhs.s; length = rhs.length; }"
         "operator=(const GenericStringRef& rhs) = delete;" text "${text}")
  string(REPLACE "stackTop_ + sizeof(T) * count > stackEnd_"
         "static_cast<std::ptrdiff_t>(sizeof(T) * count) > stackEnd_ - stackTop_" text "${text}")
  string(REPLACE "__builtin_clzll(f)" "__builtin_clzll(f | 1)" text "${text}")
  file(CONFIGURE OUTPUT ${rapidjson_patched}/${header} CONTENT "${text}" @ONLY)  # if it differs
endforeach()
add_library(solnoma_rapidjson INTERFACE)
target_include_directories(solnoma_rapidjson SYSTEM INTERFACE ${rapidjson_patched})
