#include "engine/result.hpp"

namespace solnoma {

std::string_view words(Advice advice) {
  switch (advice) {
    case Advice::none:
      break;
    case Advice::derive_again:
      return "derive it again: Journal::rebuild()";
    case Advice::finish_rebuild:
      return "wait for it; where it was interrupted, Journal::open() finishes it";
    case Advice::finish_copy:
      return "wait for it, or copy again (Journal::copy_from()); where the original is lost, "
             "Copies::unfinished_too opens what is there";
    case Advice::restore:
      return "restore from a backup; verify_log() tells what is damaged";
    case Advice::create_store:
      return "make one with Journal::create(), or name another directory";
    case Advice::other_directory:
      return "name another directory";
    case Advice::use_as_it_is:
      return "use it as it is, or name another directory";
    case Advice::empty_directory:
      return "name an empty or a new directory";
    case Advice::name_directory:
      return "name a directory";
    case Advice::make_parent:
      return "make its parent directory first, or name another";
    case Advice::wait_for_writer:
      return "try again when it has ended";
    case Advice::look_again:
      return "read the subject again and decide anew";
    case Advice::name_source:
      return "add it to the event, or read with a default source";
    case Advice::list_types:
      return "kEventTypes lists the types";
    case Advice::newest_of_chain:
      return "supersede that one instead, or, of an older log that has both, prepare it with "
             "Forks::taken";
  }
  return {};
}

}  // namespace solnoma
