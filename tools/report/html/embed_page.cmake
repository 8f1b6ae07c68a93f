# Joins the script's modules, in the order of their needs, into one, and writes it, the style and
# the script's hash into a C++ source. A module's imports and the words "export" go away:
# in one file everybody knows everybody, and a name that two modules claim is a syntax error.
set(script "")
foreach(module ${MODULES})
  file(READ ${module} text)
  string(REGEX REPLACE "(^|\n)import [^;]*;" "\\1" text "${text}")
  string(REGEX REPLACE "(^|\n)export " "\\1" text "${text}")
  string(APPEND script "${text}")
endforeach()
file(READ ${STYLE} style)

# The hash is over what stands between the tags, as base64 of its bytes.
string(SHA256 hex "${script}")
set(digits "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/")
set(base64 "")
foreach(at RANGE 0 60 6)
  string(SUBSTRING "${hex}0000" ${at} 6 three)
  math(EXPR bits "0x${three}")
  foreach(shift 18 12 6 0)
    math(EXPR digit "(${bits} >> ${shift}) & 63")
    string(SUBSTRING "${digits}" ${digit} 1 letter)
    string(APPEND base64 "${letter}")
  endforeach()
endforeach()
string(SUBSTRING "${base64}" 0 43 base64)  # 32 bytes fill 43 digits; the 44th is "="

function(append_literal name text)
  set(source "${source}std::string_view ${name}() {\n  return R\"solnoma(${text})solnoma\";\n}\n\n" PARENT_SCOPE)
endfunction()

set(source "#include \"tools/report/html/page_files.hpp\"\n\nnamespace solnoma {\n\n")
append_literal(page_style "${style}")
append_literal(page_script "${script}")
append_literal(page_script_hash "sha256-${base64}=")
string(APPEND source "}  // namespace solnoma\n")
file(WRITE ${OUTPUT} "${source}")
