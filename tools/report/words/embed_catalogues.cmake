# Writes the compiled catalogues of the reports' words, FILES, into a C++ source, OUTPUT.
set(source "#include \"tools/report/words/catalogues.hpp\"\n\nnamespace solnoma {\nnamespace {\n\n")
set(choice "")
foreach(file ${FILES})
  get_filename_component(language ${file} NAME_WE)
  file(READ ${file} hex HEX)
  string(REGEX REPLACE "([0-9a-f][0-9a-f])" "'\\\\x\\1'," bytes "${hex}")
  string(REGEX REPLACE "('[^']*','[^']*','[^']*','[^']*','[^']*','[^']*','[^']*','[^']*',)" "\\1\n" bytes "${bytes}")
  string(APPEND source "constexpr char ${language}[] = {\n${bytes}};\n\n")
  string(APPEND choice "  if (language == \"${language}\") return ${language};\n")
endforeach()
string(APPEND source "}  // namespace\n\n"
                     "std::span<const char> compiled_catalogue(std::string_view language) {\n"
                     "${choice}  return {};\n}\n\n}  // namespace solnoma\n")
file(WRITE ${OUTPUT} "${source}")
