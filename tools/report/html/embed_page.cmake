# Joins the script's modules, in the order of their needs, into one, and writes it and the style
# into a C++ source. A module's imports and the words "export" go away:
# in one file everybody knows everybody, and a name that two modules claim is a syntax error.
set(script "")
foreach(module ${MODULES})
  file(READ ${module} text)
  string(REGEX REPLACE "(^|\n)import [^;]*;" "\\1" text "${text}")
  string(REGEX REPLACE "(^|\n)export " "\\1" text "${text}")
  string(APPEND script "${text}")
endforeach()
file(READ ${STYLE} style)
file(READ ${GUARD} guard)

function(append_literal name text)
  set(source "${source}std::string_view ${name}() {\n  return R\"solnoma(${text})solnoma\";\n}\n\n" PARENT_SCOPE)
endfunction()

set(source "#include \"tools/report/html/page_files.hpp\"\n\nnamespace solnoma {\n\n")
append_literal(page_style "${style}")
append_literal(page_script "${script}")
append_literal(page_guard "${guard}")
string(APPEND source "}  // namespace solnoma\n")
file(WRITE ${OUTPUT} "${source}")
