# Writes files into a C++ source.
set(source "#include \"tools/serve/assets.hpp\"\n\n#include <array>\n\nnamespace solnoma {\n\n")
string(APPEND source "std::span<const Asset> assets() {\n  static constexpr auto kAssets = std::to_array<Asset>({\n")
foreach(name ${FILES})
  file(READ ${DIR}/${name} text)
  string(APPEND source "      {\"${name}\", R\"solnoma(${text})solnoma\"},\n")
endforeach()
string(APPEND source "  });\n  return kAssets;\n}\n\n}  // namespace solnoma\n")
file(WRITE ${OUTPUT} "${source}")
