#include "tools/serve/tiles/tile_answers.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "engine/proof/record.hpp"
#include "engine/proof/records.hpp"
#include "events/text/quote.hpp"
#include "tools/serve/choices.hpp"
#include "tools/serve/problem_answer.hpp"
#include "tools/serve/tiles/tile_address.hpp"

namespace solnoma {
namespace {

/// What never changes at its address.
HttpAnswer lasting(std::string content, bool everyone) {
  HttpAnswer answer{.type = "application/octet-stream"};
  answer.headers = {{"Cache-Control", fmt::format("{}, max-age=31536000, immutable",
                                                  everyone ? "public" : "private")},
                    {"Vary", "Authorization, Cookie"}};
  answer.say(std::move(content));
  return answer;
}

HttpAnswer beyond(std::uint64_t wanted, Position head) {
  return problem_answer(404,
                        fmt::format("the log ends at {}, and not at {} yet", head.value, wanted),
                        "ask for what the checkpoint covers");
}

/// Hands out the events behind a position, up to another, as long as `take` wants more.
Result<void> each_event(const Log& log, Position after, Position upto, const Visitor& take) {
  if (after >= upto) return {};
  return log.read(after.next(), Direction::forwards, [&](const RecordedEvent& event) {
    return event.position <= upto && take(event);
  });
}

}  // namespace

std::optional<HttpAnswer> TileAnswers::answer(const HttpRequest& request, const Grant& grant,
                                              const Viewer& viewer) const {
  const auto& path = request.path;
  const bool is_checkpoint = path.size() == 1 && path[0] == "checkpoint";
  const bool is_tile = !path.empty() && path[0] == "tile";
  const bool is_records = path.size() == 2 && path[0] == "v1" && path[1] == "records";
  if (!is_checkpoint && !is_tile && !is_records) return std::nullopt;
  if (!grant.subjects.empty())
    return problem_answer(403, "the tiles of a log tell of all subjects, and the token is for some",
                          "ask for one that is for all");
  if (is_checkpoint) return checkpoint(request);
  return is_tile ? tile(request, viewer.everyone) : records(request, viewer.everyone);
}

HttpAnswer TileAnswers::checkpoint(const HttpRequest& request) const {
  if (signing_.key.empty())
    return problem_answer(404, "nobody vouches for the head of this log",
                          "begin the server with --key FILE; 'solnoma keygen' makes one");
  const auto newest = newest_checkpoint();
  if (!newest) return problem_answer(newest.error());
  const auto& [at, tag, note] = **newest;
  HttpAnswer answer;
  answer.headers = {{"Cache-Control", "no-cache"}, {"ETag", tag}};
  if (request.header("if-none-match") == tag)
    answer.status = 304;
  else
    answer.say(note);
  return answer;
}

Try<std::shared_ptr<const TileAnswers::Checkpoint>> TileAnswers::newest_checkpoint() const {
  const Position at = log_.head();
  {
    const std::lock_guard lock(mutex_);
    if (newest_ && newest_->at == at) return newest_;
  }
  const auto head = log_.tree_head(at);
  if (!head) return refuse(head);
  const auto note = vouched_for(*head, signing_);
  if (!note) return refuse(note);
  auto made = std::make_shared<const Checkpoint>(
      Checkpoint{at, fmt::format("\"{}\"", to_string(*head)), to_string(*note)});
  const std::lock_guard lock(mutex_);
  if (!newest_ || newest_->at < at) newest_ = made;
  return made;
}

HttpAnswer TileAnswers::tile(const HttpRequest& request, bool everyone) const {
  const auto tile = tile_from(request.path);
  if (!tile)
    return problem_answer(404, "this is the address of no tile",
                          "write tile/LEVEL/N or tile/entries/N, as c2sp.org/tlog-tiles has it");
  const Position head = log_.head();
  if (tile->least_size() > head.value) return beyond(tile->least_size(), head);
  std::string content;
  if (!tile->entries) {
    const auto nodes = tile->level == 1
                           ? nodes_.of_tile(tile->number, tile->width)
                           : log_.tree_nodes(8 * tile->level, tile->first(), tile->width);
    if (!nodes) return problem_answer(Failure(nodes.error()));
    for (const Hash& node : *nodes) content += bytes_of(node);
    return lasting(std::move(content), everyone);
  }
  std::size_t too_large = 0;
  const Position after{tile->first()};
  const auto read =
      each_event(log_, after, Position{after.value + tile->width}, [&](const RecordedEvent& event) {
        const std::size_t size = record_size(event);
        if (size > UINT16_MAX) {
          too_large = size;
          return false;
        }
        content.push_back(static_cast<char>(size >> 8));
        content.push_back(static_cast<char>(size & 0xff));
        append_record(content, event);
        return true;
      });
  if (!read) return problem_answer(Failure(read.error()));
  if (too_large != 0)
    return problem_answer(
        404, fmt::format("an entry of {} bytes fits into no bundle of entries", too_large),
        fmt::format("ask /v1/records?after={}&upto={}", after.value, after.value + tile->width));
  return lasting(std::move(content), everyone);
}

HttpAnswer TileAnswers::records(const HttpRequest& request, bool everyone) const {
  const Position head = log_.head();
  std::optional<std::uint64_t> after;
  std::optional<std::uint64_t> upto;
  for (const auto& [name, value] : request.query) {
    auto& number = name == "after" ? after : upto;
    number = name == "after" || name == "upto" ? number_from(value) : std::nullopt;
    if (!number)
      return problem_answer(
          400, fmt::format("'{}={}' cannot be asked of records", clipped(name), clipped(value)),
          "it takes after and upto, which are positions");
  }
  if (!after || !upto || *after > *upto)
    return problem_answer(400, "records are between two positions", "write after=0&upto=256");
  if (*upto > head.value) return beyond(*upto, head);
  std::string content;
  const auto read =
      each_event(log_, Position{*after}, Position{*upto}, [&](const RecordedEvent& event) {
        if (!content.empty() && content.size() + record_size(event) > kMostRecordBytes)
          return false;
        append_sized_record(content, event);
        return true;
      });
  if (!read) return problem_answer(Failure(read.error()));
  return lasting(std::move(content), everyone);
}

}  // namespace solnoma
