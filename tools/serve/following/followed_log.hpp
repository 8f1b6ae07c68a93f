#pragma once

#include <functional>
#include <string>

#include "engine/journal.hpp"
#include "engine/tree_head.hpp"
#include "tools/outcome.hpp"

namespace solnoma {

/// What is at a path of the server that is followed, as in "tile/0/000". Errors: its own.
using FetchPath = std::function<Try<std::string>(const std::string& path)>;

/// Brings a copy of a log nearer to a head that somebody vouches for, by a million events at most,
/// or by 2^18 where more are missing; gives where the copy ends then. That what is fetched is what
/// the head commits to is looked at before any of it is kept: whoever serves it need not be
/// trusted, and neither need what lies between. A head that lies behind the copy's end is only
/// compared.
///
/// `fetch` is called by another thread, never by two at a time. Errors: conflict where the copy is
/// of another log than the head, which was rewritten or is another one; corrupt where what was
/// fetched is not what the head commits to; those of `fetch`; those of Journal::adopt().
[[nodiscard]] Try<Position> copy_towards(Journal& copy, const TreeHead& head,
                                         const FetchPath& fetch);

}  // namespace solnoma
