# What Debian hardens its programs with (dpkg-buildflags, hardening=+all), in what people run. What it
# costs: tools/README.md, Decisions.

# FORTIFY_SOURCE is undefined first, for who gives a level of his own.
add_compile_options("$<$<CONFIG:Release>:-fstack-protector-strong;-Wformat;-Werror=format-security>"
                    "$<$<CONFIG:Release>:-U_FORTIFY_SOURCE;-D_FORTIFY_SOURCE=3>")

# Debian's compilers make position-independent objects by themselves, as its archives have them. The
# program of 50 MB is relocated at each start: addresses are packed, and pages large, since each
# page that is written to or read is a fault.
function(solnoma_harden program)
  target_link_options(${program} PRIVATE -pie -Wl,-z,relro,-z,now
                      -Wl,-z,pack-relative-relocs,-z,max-page-size=0x200000)
endfunction()
