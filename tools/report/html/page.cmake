# The script and style of the HTML page, built into the library: ${page_source}.
set(page_dir ${CMAKE_CURRENT_SOURCE_DIR}/html)
# The script's modules in the order in which they need each other.
set(page_modules parts/dom parts/paper parts/text_width data/days data/words data/data data/sums data/state data/scale
                 data/outlines data/geography
                 data/view parts/lists parts/parts parts/axis views/board views/scrubbers
                 views/changes views/why parts/marks parts/vantage_lines views/timeline_moves
                 parts/tip views/timeline views/overview views/map views/picture parts/chart_parts
                 views/status_chart views/figures_chart views/slippage_chart views/sums_chart views/sums views/charts
                 views/table views/review views/page)
list(TRANSFORM page_modules PREPEND ${page_dir}/page/)
list(TRANSFORM page_modules APPEND .mjs)
set(page_source ${CMAKE_CURRENT_BINARY_DIR}/generated/page_files.cpp)
add_custom_command(
  OUTPUT ${page_source}
  COMMAND ${CMAKE_COMMAND} -DOUTPUT=${page_source} -DSTYLE=${page_dir}/page.css -DGUARD=${page_dir}/guard.js
          "-DMODULES=${page_modules}" -P ${page_dir}/embed_page.cmake
  DEPENDS ${page_modules} ${page_dir}/page.css ${page_dir}/guard.js ${page_dir}/embed_page.cmake
  VERBATIM)
# The script is one long literal, which both compilers take.
set_source_files_properties(${page_source} PROPERTIES COMPILE_OPTIONS -Wno-overlength-strings)
