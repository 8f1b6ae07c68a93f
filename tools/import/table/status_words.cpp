#include "tools/import/table/status_words.hpp"

#include <array>
#include <utility>

namespace solnoma {
namespace {

constexpr std::array<std::string_view, 1> kAnnounced = {"announced"};
constexpr std::array<std::string_view, 1> kAgreed = {"agreement-signed"};
constexpr std::array<std::string_view, 1> kStarted = {"construction-started"};
constexpr std::array<std::string_view, 1> kCompleted = {"construction-completed"};
constexpr std::array<std::string_view, 1> kOpened = {"opened"};
constexpr std::array<std::string_view, 1> kSuspended = {"suspended"};
constexpr std::array<std::string_view, 2> kMothballed = {"opened", "suspended"};
constexpr std::array<std::string_view, 1> kCancelled = {"cancelled"};
constexpr std::array<std::string_view, 1> kRetired = {"retired"};

/// In folded_name()'s form, without the mark of й; the longer beginning first where one begins with
/// the other.
constexpr std::pair<std::string_view, std::span<const std::string_view>> kWords[] = {
    {"operating", kOpened},
    {"operational", kOpened},
    {"in operation", kOpened},
    {"active", kOpened},
    {"open", kOpened},
    {"commissioned", kOpened},
    {"in service", kOpened},
    {"деиству", kOpened},
    {"работает", kOpened},
    {"функционир", kOpened},
    {"введен", kOpened},
    {"открыт", kOpened},
    {"эксплуат", kOpened},
    {"ishlamoqda", kOpened},
    {"ishga tush", kOpened},
    {"ochil", kOpened},
    {"under construction", kStarted},
    {"construction", kStarted},
    {"in construction", kStarted},
    {"строи", kStarted},
    {"в стадии строительства", kStarted},
    {"qurilmoqda", kStarted},
    {"qurilish", kStarted},
    {"pre construction", kAgreed},
    {"permitted", kAgreed},
    {"approved", kAgreed},
    {"contracted", kAgreed},
    {"agreed", kAgreed},
    {"signed", kAgreed},
    {"соглашение", kAgreed},
    {"подписан", kAgreed},
    {"kelishil", kAgreed},
    {"pre permit", kAnnounced},
    {"announced", kAnnounced},
    {"proposed", kAnnounced},
    {"planned", kAnnounced},
    {"planning", kAnnounced},
    {"under development", kAnnounced},
    {"in development", kAnnounced},
    {"exploration", kAnnounced},
    {"discovered", kAnnounced},
    {"объявлен", kAnnounced},
    {"анонс", kAnnounced},
    {"планир", kAnnounced},
    {"проектир", kAnnounced},
    {"rejalash", kAnnounced},
    {"e lon", kAnnounced},
    {"elon qilin", kAnnounced},
    {"completed", kCompleted},
    {"complete", kCompleted},
    {"built", kCompleted},
    {"заверш", kCompleted},
    {"построен", kCompleted},
    {"yakunlan", kCompleted},
    {"mothballed", kMothballed},
    {"idle", kMothballed},
    {"care and maintenance", kMothballed},
    {"shelved", kSuspended},
    {"suspended", kSuspended},
    {"on hold", kSuspended},
    {"stalled", kSuspended},
    {"paused", kSuspended},
    {"приостановлен", kSuspended},
    {"заморожен", kSuspended},
    {"toxtatil", kSuspended},
    {"cancelled", kCancelled},
    {"canceled", kCancelled},
    {"abandoned", kCancelled},
    {"withdrawn", kCancelled},
    {"отменен", kCancelled},
    {"bekor", kCancelled},
    {"retired", kRetired},
    {"closed", kRetired},
    {"decommission", kRetired},
    {"shut down", kRetired},
    {"закрыт", kRetired},
    {"выведен", kRetired},
    {"yopil", kRetired}};

}  // namespace

std::span<const std::string_view> usual_milestones(std::string_view word) {
  for (const auto& [beginning, types] : kWords)
    if (word.starts_with(beginning)) return types;
  return {};
}

}  // namespace solnoma
