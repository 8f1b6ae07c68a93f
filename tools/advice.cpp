#include "tools/advice.hpp"

namespace solnoma {

std::string remedy_of(const Error& error) {
  switch (error.advice) {
    case Advice::derive_again:
      return "run 'solnoma rebuild'";
    case Advice::finish_rebuild:
      return "wait for it; if that was interrupted, run 'solnoma rebuild'";
    case Advice::finish_copy:
      return "wait for it, or take the backup again; where its original is lost, 'solnoma restore "
             "--at POSITION' makes a store of what is there";
    case Advice::restore:
      return "run 'solnoma verify'; restore from a backup, or 'solnoma restore --salvage' what is "
             "intact";
    case Advice::create_store:
      return "make one with 'solnoma init', or name another with --store";
    case Advice::other_directory:
      return "name another directory with --store";
    case Advice::use_as_it_is:
      return "use it as it is, or name another directory with --store";
    case Advice::empty_directory:
      return "name an empty or a new directory with --store";
    case Advice::name_directory:
      return "name a directory with --store";
    case Advice::make_parent:
      return "make its parent directory first, or name another with --store";
    case Advice::wait_for_writer:
      return "try again when it has ended, or wait for it with --wait SECONDS";
    case Advice::look_again:
      return "look at 'solnoma log' and decide again";
    case Advice::name_source:
      return "add it to the event, or give --source";
    case Advice::list_types:
      return "'solnoma append --help' lists the types";
    case Advice::newest_of_chain:
      return "correct or retract that one instead; a file of an older log that has both is "
             "imported "
             "with --forks";
    case Advice::none:
      break;
  }
  return error.remedy;
}

}  // namespace solnoma
