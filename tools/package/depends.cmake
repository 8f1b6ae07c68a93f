# What the program depends on: the packages of the libraries that it loads. CPack can find that out, but
# asks for each page of the manual whether it is a program.

set(work ${CPACK_PACKAGE_DIRECTORY}/depends)
file(WRITE ${work}/debian/control "Source: solnoma\n\nPackage: solnoma\nArchitecture: any\n")
execute_process(COMMAND dpkg-shlibdeps --warnings=0 -O -e${CPACK_SOLNOMA_PROGRAM} WORKING_DIRECTORY ${work}
                OUTPUT_VARIABLE depends OUTPUT_STRIP_TRAILING_WHITESPACE COMMAND_ERROR_IS_FATAL ANY)
string(REGEX REPLACE "^shlibs:Depends=" "" CPACK_DEBIAN_PROGRAM_PACKAGE_DEPENDS "${depends}")
