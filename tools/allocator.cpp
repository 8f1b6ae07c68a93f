/// How the program gets its memory (jemalloc(3), "TUNING"). What is free goes back to the system at
/// once: an import of large events would keep several times what it uses, though for milliseconds.
/// Two arenas: more than two threads are rarely at work.
extern "C" {
extern const char* malloc_conf;
const char* malloc_conf = "narenas:2,dirty_decay_ms:0,muzzy_decay_ms:0";
}
