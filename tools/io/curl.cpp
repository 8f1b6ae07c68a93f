#include "tools/io/curl.hpp"

#include <dlfcn.h>

namespace solnoma {
namespace {

template <class Function>
bool find(void* library, const char* name, Function& function) {
  function = reinterpret_cast<Function>(dlsym(library, name));
  return function != nullptr;
}

}  // namespace

const Curl* load_curl() {
  static Curl curl;
  static const bool loaded = [] {
    void* const library = dlopen("libcurl.so.4", RTLD_NOW | RTLD_LOCAL);
    return library != nullptr && find(library, "curl_global_init", curl.global_init) &&
           find(library, "curl_easy_init", curl.init) &&
           find(library, "curl_easy_reset", curl.reset) &&
           find(library, "curl_easy_setopt", curl.set) &&
           find(library, "curl_easy_perform", curl.perform) &&
           find(library, "curl_easy_getinfo", curl.get) &&
           find(library, "curl_easy_strerror", curl.words) &&
           find(library, "curl_easy_cleanup", curl.cleanup) &&
           find(library, "curl_slist_append", curl.append) &&
           find(library, "curl_slist_free_all", curl.free_all) &&
           find(library, "curl_free", curl.free) && find(library, "curl_url", curl.url) &&
           find(library, "curl_url_set", curl.url_set) &&
           find(library, "curl_url_get", curl.url_get) &&
           find(library, "curl_url_cleanup", curl.url_cleanup) &&
           curl.global_init(CURL_GLOBAL_DEFAULT) == CURLE_OK;
  }();
  return loaded ? &curl : nullptr;
}

}  // namespace solnoma
