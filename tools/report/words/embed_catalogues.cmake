# Writes the compiled catalogues of the reports' words into a C++ source.
function(append_catalogue name file)
  file(READ ${file} hex HEX)
  string(REGEX REPLACE "([0-9a-f][0-9a-f])" "'\\\\x\\1'," bytes "${hex}")
  string(REGEX REPLACE "('[^']*','[^']*','[^']*','[^']*','[^']*','[^']*','[^']*','[^']*',)" "\\1\n" bytes "${bytes}")
  string(APPEND source "constexpr char ${name}_bytes[] = {\n${bytes}};\n"
                       "std::span<const char> ${name}() { return ${name}_bytes; }\n\n")
  set(source "${source}" PARENT_SCOPE)
endfunction()

set(source "#include \"tools/report/words/catalogues.hpp\"\n\nnamespace solnoma {\n\n")
append_catalogue(russian_catalogue ${RUSSIAN})
append_catalogue(uzbek_catalogue ${UZBEK})
string(APPEND source "}  // namespace solnoma\n")
file(WRITE ${OUTPUT} "${source}")
