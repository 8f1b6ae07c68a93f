#pragma once

#define CURL_DISABLE_TYPECHECK  // which wants to call what is loaded later
#include <curl/curl.h>

namespace solnoma {

/// The functions of libcurl. Linked, it and thirty libraries that it needs would be bound at each
/// start of the program (README.md, decisions).
struct Curl {
  decltype(&curl_global_init) global_init = nullptr;
  decltype(&curl_easy_init) init = nullptr;
  decltype(&curl_easy_reset) reset = nullptr;
  decltype(&curl_easy_setopt) set = nullptr;
  decltype(&curl_easy_perform) perform = nullptr;
  decltype(&curl_easy_getinfo) get = nullptr;
  decltype(&curl_easy_strerror) words = nullptr;
  decltype(&curl_easy_cleanup) cleanup = nullptr;
  decltype(&curl_slist_append) append = nullptr;
  decltype(&curl_slist_free_all) free_all = nullptr;
  decltype(&curl_free) free = nullptr;
  decltype(&curl_url) url = nullptr;
  decltype(&curl_url_set) url_set = nullptr;
  decltype(&curl_url_get) url_get = nullptr;
  decltype(&curl_url_cleanup) url_cleanup = nullptr;
};

/// Loads it at the first call, and keeps it. Null: it is not there. Thread-safe.
[[nodiscard]] const Curl* load_curl();

}  // namespace solnoma
