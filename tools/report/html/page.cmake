# The HTML report, and its page's script and style, built into the program.
find_package(ZLIB REQUIRED)

set(page_dir ${CMAKE_CURRENT_SOURCE_DIR}/report/html)
# The script's modules in the order in which they need each other.
set(page_modules dom text_width days words data state scale view lists parts axis board scrubbers changes why
                 marks vantage_lines timeline_moves tip timeline overview picture chart_parts
                 status_chart figures_chart slippage_chart charts table page)
list(TRANSFORM page_modules PREPEND ${page_dir}/page/)
list(TRANSFORM page_modules APPEND .mjs)
set(page_source ${CMAKE_CURRENT_BINARY_DIR}/generated/page_files.cpp)
add_custom_command(
  OUTPUT ${page_source}
  COMMAND ${CMAKE_COMMAND} -DOUTPUT=${page_source} -DSTYLE=${page_dir}/page.css
          "-DMODULES=${page_modules}" -P ${page_dir}/embed_page.cmake
  DEPENDS ${page_modules} ${page_dir}/page.css ${page_dir}/embed_page.cmake
  VERBATIM)
# The script is one long literal, which both compilers take.
set_source_files_properties(${page_source} PROPERTIES COMPILE_OPTIONS -Wno-overlength-strings)
target_sources(solnoma_tools PRIVATE
  report/html/html_report.cpp
  report/html/html_sections.cpp
  report/html/html_text.cpp
  report/html/packed.cpp
  report/html/words.cpp
  ${page_source})
target_link_libraries(solnoma_tools PRIVATE ZLIB::ZLIB)
