# RapidJSON 1.1.0, which Debian has, assigns to const members in an operator that nobody calls;
# clang 19 refuses to compile it, called or not. Later versions delete the operator. This makes a
# copy of the installed header that does so too, for the include path before the installed one.
find_path(RAPIDJSON_INCLUDE rapidjson/document.h REQUIRED)
set(rapidjson_patched ${CMAKE_CURRENT_BINARY_DIR}/rapidjson_patched)
file(READ ${RAPIDJSON_INCLUDE}/rapidjson/document.h document)
string(REPLACE "operator=(const GenericStringRef& rhs) { s = rhs.s; length = rhs.length; }"
       "operator=(const GenericStringRef& rhs) = delete;" document "${document}")
string(REPLACE "#include \"" "#include \"rapidjson/" document "${document}")
add_library(solnoma_rapidjson INTERFACE)
target_include_directories(solnoma_rapidjson INTERFACE ${rapidjson_patched})
file(CONFIGURE OUTPUT ${rapidjson_patched}/rapidjson/document.h CONTENT "${document}" @ONLY)
