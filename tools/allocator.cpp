/// How the program gets its memory (jemalloc(3), "TUNING"). What is free goes back to the system
/// within a third of a second, and at once where much is taken at a time (io/free_memory.hpp). Two
/// arenas: more than two threads are rarely at work.
extern "C" {
extern const char* malloc_conf;
const char* malloc_conf = "narenas:2,dirty_decay_ms:300,muzzy_decay_ms:0";
}
