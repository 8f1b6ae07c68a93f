/// How the program gets its memory (jemalloc(3), "TUNING"). Pages of 2 MiB: what goes through much
/// data touches hundreds of MiB for the first time, and at 4 KiB a page that takes longer than all
/// else that an import does. Two arenas: more than two threads are rarely at work.
extern "C" {
extern const char* malloc_conf;
const char* malloc_conf = "thp:always,metadata_thp:always,narenas:2";
}
