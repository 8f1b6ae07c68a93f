// What a user sets once for all commands: from where it comes, and what beats what.

#include <doctest/doctest.h>
#include <rapidjson/document.h>

#include <filesystem>
#include <string>
#include <vector>

#include "tests/support/languages.hpp"
#include "tests/support/program.hpp"
#include "tests/support/variable.hpp"

using solnoma::test::languages;
using solnoma::test::Run;
using solnoma::test::Variable;
using solnoma::test::Workshop;

namespace {

/// Makes the working folder another one, for as long as it lives.
class WorkingFolder {
 public:
  explicit WorkingFolder(const std::string& path) : before_(std::filesystem::current_path()) {
    std::filesystem::create_directories(path);
    std::filesystem::current_path(path);
  }
  ~WorkingFolder() { std::filesystem::current_path(before_); }
  WorkingFolder(const WorkingFolder&) = delete;
  WorkingFolder& operator=(const WorkingFolder&) = delete;

 private:
  std::filesystem::path before_;
};

/// "VALUE, from WHERE" of a setting, as `config` shows it.
std::string held(const Run& run, const std::string& setting) {
  rapidjson::Document answer;
  answer.Parse(run.out.c_str());
  REQUIRE(answer.IsObject());
  for (const auto& each : answer["settings"].GetArray())
    if (each["name"].GetString() == setting)
      return std::string(each["value"].IsNull() ? "" : each["value"].GetString()) + ", from " +
             each["where"].GetString();
  return "none";
}

/// "en, ru, uz".
std::string all_languages() {
  std::string text;
  for (const std::string& code : languages()) text += (text.empty() ? "" : ", ") + code;
  return text;
}

}  // namespace

TEST_CASE("what is set in the file holds for every command") {
  const Workshop w;
  REQUIRE(w.solnoma({"history", "--init"}).exit == 0);
  REQUIRE(w.bare({"keygen", w.path("me.key")}).exit == 0);
  w.settings(
      "lang = \"ru\"\nstore = \"../store\"\nkey = \"../me.key\"\norigin = \"example.org/log\"\n");
  const Run status = w.bare({"status", "-d", "2022-03-31"});
  CHECK(status.exit == 0);
  CHECK(status.out == w.solnoma({"status", "-d", "2022-03-31", "--lang", "ru"}).out);
  CHECK(status.out.find("по состоянию на") != std::string::npos);
  const Run signed_head = w.bare({"sign"});
  CHECK(signed_head.exit == 0);
  CHECK(signed_head.out.starts_with("example.org/log\n"));
}

TEST_CASE(
    "an option beats the program's variable, that the file, that what is said to all programs") {
  const Workshop w;
  CHECK(held(w.bare({"config", "--json"}), "lang") == "en, from otherwise");
  const std::string file = w.settings("\n\nlang = \"ru\"\npager = \"more\"\nwait = 7\n");
  CHECK(held(w.bare({"config", "--json"}), "lang") == "ru, from " + file + ":3");
  CHECK(held(w.bare({"config", "--json"}), "wait") == "7, from " + file + ":5");
  CHECK(held(w.bare({"config", "--json", "--wait", "9"}), "wait") == "9, from --wait");
  {
    const Variable lang("SOLNOMA_LANG", "uz");
    CHECK(held(w.bare({"config", "--json"}), "lang") == "uz, from $SOLNOMA_LANG");
    CHECK(w.bare({"config", "lang"}).out == "uz\n");
  }
  const Variable pager("PAGER", "most");
  CHECK(held(w.bare({"config", "--json"}), "pager") == "more, from " + file + ":4");
  const Variable own("SOLNOMA_PAGER", "");
  CHECK(held(w.bare({"config", "--json"}), "pager") == ", from $SOLNOMA_PAGER");
  w.settings("");
  const Run table = w.bare({"config"});
  CHECK(table.out.find("wait     5              otherwise") != std::string::npos);
}

TEST_CASE("a store is found in a folder above, as git finds its own, unless one is named") {
  const Workshop w;
  REQUIRE(w.bare({"-s", w.path("project/solnoma.store"), "history", "--init"}).exit == 3);
  std::filesystem::create_directory(w.path("project"));
  REQUIRE(w.bare({"-s", w.path("project/solnoma.store"), "history", "--init"}).exit == 0);
  const WorkingFolder below(w.path("project/notes/2026"));
  CHECK(held(w.bare({"config", "--json"}), "store") ==
        w.path("project/solnoma.store") + ", from a folder above");
  CHECK(w.bare({"log", "-n", "1"}).exit == 0);
  const std::string file = w.settings("store = \"mine.store\"");
  CHECK(held(w.bare({"config", "--json"}), "store").ends_with("from a folder above"));
  {
    const Variable other("SOLNOMA_STORE", "other.store");
    CHECK(held(w.bare({"config", "--json"}), "store") == "other.store, from $SOLNOMA_STORE");
  }
  const WorkingFolder elsewhere(w.path("elsewhere"));
  CHECK(held(w.bare({"config", "--json"}), "store") ==
        std::filesystem::path(file).parent_path().string() + "/mine.store, from " + file + ":1");
}

TEST_CASE("the store of the settings may be a server, or lie in the user's own folder") {
  const Workshop w;
  const WorkingFolder elsewhere(w.path("elsewhere"));
  w.settings("store = \"https://example.org/chronicle\"");
  CHECK(w.bare({"config", "store"}).out == "https://example.org/chronicle\n");
  const Variable home("HOME", "/home/somebody");
  w.settings("store = \"~/chronicle\"");
  CHECK(w.bare({"config", "store"}).out == "/home/somebody/chronicle\n");
}

TEST_CASE("a new store is made where one stands, whatever lies above") {
  const Workshop w;
  std::filesystem::create_directory(w.path("project"));
  REQUIRE(w.bare({"-s", w.path("project/solnoma.store"), "init"}).exit == 0);
  const WorkingFolder below(w.path("project/inner"));
  CHECK(w.bare({"init"}).out == "made an empty store at solnoma.store\n");
  CHECK(std::filesystem::is_directory(w.path("project/inner/solnoma.store")));
  CHECK(w.bare({"init"}).exit == 1);
}

TEST_CASE(
    "a file of settings that does not hold is told with its line, and no command runs by it") {
  const Workshop w;
  REQUIRE(w.solnoma({"history", "--init"}).exit == 0);
  struct Wrong {
    std::string text, told;
  };
  for (const Wrong& each : std::vector<Wrong>{
           {"\nlang = \"xx\"", "lang: 'xx' is none of " + all_languages() +
                                   ", in FILE:2; correct it there, or take the line away"},
           {"wait = \"5\"", "wait: it must be a number, in FILE:1; write it as in wait = 5"},
           {"wait = 90000",
            "wait: it must be a number from 0 to 86400, in FILE:1; correct it there, "
            "or take the line away"},
           {"lang = 5", "lang: it must be a text, in FILE:1; write it in quotes"},
           {"store = \"\"",
            "store: it is empty, in FILE:1; correct it there, or take the line away"},
       }) {
    const std::string file = w.settings(each.text);
    const Run run = w.solnoma({"log"});
    std::string told = "solnoma: " + each.told + "\n";
    told.replace(told.find("FILE"), 4, file);
    CHECK(run.err == told);
    CHECK(run.out == "");
    CHECK(run.exit == 2);
    CHECK(w.solnoma({"help"}).exit == 0);
    CHECK(w.solnoma({"log", "--help"}).exit == 0);
    CHECK(w.bare({"complete-words", "lo"}).exit == 0);
  }
  const std::string file = w.settings("lang = ru");
  const Run run = w.solnoma({"log"});
  CHECK(run.exit == 2);
  CHECK(run.err.find("it is not TOML") != std::string::npos);
  CHECK(run.err.find(file + ":1") != std::string::npos);
  w.settings("");
  const Variable lang("SOLNOMA_LANG", "xx");
  CHECK(w.solnoma({"log"}).err == "solnoma: $SOLNOMA_LANG: 'xx' is none of " + all_languages() +
                                      "; correct it, or unset the variable\n");
}

TEST_CASE("a setting that there is not is told of, and the rest holds") {
  const Workshop w;
  REQUIRE(w.solnoma({"history", "--init"}).exit == 0);
  const std::string file = w.settings("langg = \"ru\"\nwait = 7\n[theme]\nx = 1\n");
  const Run run = w.solnoma({"config", "wait"});
  CHECK(run.exit == 0);
  CHECK(run.out == "7\n");
  CHECK(run.err == "solnoma: there is no setting 'langg', in " + file +
                       ":1; did you mean 'lang'?\n"
                       "solnoma: there is no setting 'theme', in " +
                       file + ":3; 'solnoma config' lists them\n");
  const Run none = w.solnoma({"config", "langs"});
  CHECK(none.exit == 1);
  CHECK(none.err.ends_with("there is no setting 'langs'; did you mean 'lang'?\n"));
}

TEST_CASE("the file may be another one, or none") {
  const Workshop w;
  w.settings("lang = \"ru\"");
  {
    const Variable none("SOLNOMA_CONFIG", "");
    CHECK(w.bare({"config", "lang"}).out == "en\n");
  }
  {
    const Variable other("SOLNOMA_CONFIG", w.file("other.toml", "lang = \"uz\""));
    CHECK(w.bare({"config", "lang"}).out == "uz\n");
  }
  const Variable missing("SOLNOMA_CONFIG", w.path("missing.toml"));
  const Run run = w.bare({"config", "lang"});
  CHECK(run.exit == 2);
  CHECK(run.err == "solnoma: $SOLNOMA_CONFIG: there is no file '" + w.path("missing.toml") +
                       "'; name one, or unset the variable\n");
}
