# The scripts and styles of the server's pages, built into the program: ${asset_source}.
set(asset_dir ${CMAKE_CURRENT_SOURCE_DIR}/serve/page)
set(asset_files live.js page.css page.js sign_in.js)
list(TRANSFORM asset_files PREPEND ${asset_dir}/ OUTPUT_VARIABLE asset_paths)
set(asset_source ${CMAKE_CURRENT_BINARY_DIR}/generated/assets.cpp)
add_custom_command(
  OUTPUT ${asset_source}
  COMMAND ${CMAKE_COMMAND} -DOUTPUT=${asset_source} -DDIR=${asset_dir} "-DFILES=${asset_files}"
          -P ${CMAKE_CURRENT_SOURCE_DIR}/serve/embed_assets.cmake
  DEPENDS ${asset_paths} ${CMAKE_CURRENT_SOURCE_DIR}/serve/embed_assets.cmake
  VERBATIM)
# A file is one long literal, which both compilers take.
set_source_files_properties(${asset_source} PROPERTIES COMPILE_OPTIONS -Wno-overlength-strings)
