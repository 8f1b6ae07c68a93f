#include "tools/import/subject_slips.hpp"

#include <algorithm>
#include <bit>
#include <map>
#include <span>
#include <unordered_map>
#include <utility>

#include "events/subject.hpp"
#include "events/text/slip.hpp"

namespace solnoma {
namespace {

/// Kinds that a store need not hold yet to be meant.
constexpr std::string_view kKinds[] = {"park",      "project", "relation",
                                       "programme", "dataset", "indicator"};

std::string_view own_name(std::string_view subject) {
  return subject.substr(subject.find('/') + 1);
}

/// Which keys more than one name has, as far as their place in a small table tells: most names have
/// none in common with another, and need not be held against any.
class SharedKeys {
 public:
  explicit SharedKeys(std::uint64_t keys)
      : places_(std::bit_ceil(std::max<std::uint64_t>(keys * kPlacesEach, 1 << 20))),
        bits_(places_ / kPlacesInWord) {}

  /// Of a new name.
  void add(std::uint64_t key) {
    const std::uint64_t bits = at(key);
    set(key, (bits & kNew) == 0 ? kNew : kShared);
  }
  /// Of an older one: false if it is of no new name.
  bool meets(std::uint64_t key) {
    if ((at(key) & kNew) == 0) return false;
    set(key, kShared);
    return true;
  }
  [[nodiscard]] bool are_shared(std::uint64_t key) const { return (at(key) & kShared) != 0; }

 private:
  static constexpr std::uint64_t kPlacesEach = 8;  // one in eight keys is taken for a shared one
  static constexpr std::uint64_t kPlacesInWord = 32;
  static constexpr std::uint64_t kNew = 1, kShared = 2;

  [[nodiscard]] std::uint64_t place(std::uint64_t key) const { return key & (places_ - 1); }
  [[nodiscard]] std::uint64_t at(std::uint64_t key) const {
    return bits_[place(key) / kPlacesInWord] >> (place(key) % kPlacesInWord * 2);
  }
  void set(std::uint64_t key, std::uint64_t bit) {
    bits_[place(key) / kPlacesInWord] |= bit << (place(key) % kPlacesInWord * 2);
  }

  std::uint64_t places_;
  std::vector<std::uint64_t> bits_;
};

class SlipSearch {
 public:
  SlipSearch(const EachSubject& each, SubjectNumber first, std::uint64_t most_keys)
      : each_(each), first_(first), most_keys_(most_keys) {}

  Result<std::vector<Slip>> run() {
    if (auto ok = survey(); !ok) return std::unexpected(ok.error());
    if (letters_ == 0) return std::vector<Slip>();
    parts_ = (letters_ + most_keys_ - 1) / most_keys_;
    for (part_ = 0; part_ < parts_; ++part_)
      if (auto ok = search(); !ok) return std::unexpected(ok.error());
    return slips();
  }

 private:
  struct Candidate {
    std::uint64_t key;
    SubjectNumber number;
    auto operator<=>(const Candidate&) const = default;
  };
  struct Like {
    SubjectNumber number;  // of the older one
    Slip slip;
  };
  using Names = std::unordered_map<std::uint32_t, std::string>;

  [[nodiscard]] bool is_new(SubjectNumber number) const { return number >= first_; }

  Result<void> survey() {
    return each_([&](std::string_view name, SubjectNumber number) {
      if (is_new(number))
        letters_ += name.size() + 1;
      else if (!old_kinds_.contains(kind_of(name)))
        old_kinds_.emplace(kind_of(name));
    });
  }

  /// The keys of a name that are of this part, each once.
  template <class Visit>
  void keys_of(std::string_view name, const Visit& visit) {
    constexpr int kUnusedByPlaces = 40;
    keys_.clear();
    each_slip_key(name, [&](std::uint64_t key) {
      if ((key >> kUnusedByPlaces) % parts_ == part_) keys_.push_back(key);
    });
    std::ranges::sort(keys_);
    const auto same = std::ranges::unique(keys_);
    std::for_each(keys_.begin(), same.begin(), visit);
  }

  Result<void> search() {
    SharedKeys shared(std::min(letters_ / parts_, most_keys_));
    auto ok = each_([&](std::string_view name, SubjectNumber number) {
      if (is_new(number)) keys_of(name, [&](std::uint64_t key) { shared.add(key); });
    });
    std::vector<Candidate> found;
    const auto collect = [&](std::uint64_t key, SubjectNumber number) {
      found.push_back({key, number});
    };
    // Where many older names have a key that a new one may have, only those are kept that do.
    bool too_many = false;
    if (ok)
      ok = each_([&](std::string_view name, SubjectNumber number) {
        if (is_new(number)) return;
        keys_of(name, [&](std::uint64_t key) {
          if (shared.meets(key) && !too_many) collect(key, number);
        });
        too_many = too_many || found.size() > most_keys_ / 4;
      });
    if (too_many) found = {};
    if (ok)
      ok = each_([&](std::string_view name, SubjectNumber number) {
        if (part_ == 0 && is_new(number)) look_at_kind(name, number);
        if (!is_new(number) && !too_many) return;
        keys_of(name, [&](std::uint64_t key) {
          if (shared.are_shared(key)) collect(key, number);
        });
      });
    if (!ok) return ok;
    keep_shared(found);
    return compare(found);
  }

  void look_at_kind(std::string_view name, SubjectNumber number) {
    const std::string_view kind = kind_of(name);
    auto known = kinds_.find(kind);
    if (known == kinds_.end())
      known = kinds_.emplace(std::string(kind), slip_of_kind(kind, old_kinds_)).first;
    if (known->second) of_kinds_.emplace(number, known->first);
  }

  /// Those that more than one name has, one of them new.
  void keep_shared(std::vector<Candidate>& found) const {
    std::ranges::sort(found);
    auto kept = found.begin();
    for (auto begin = found.begin(); begin != found.end();) {
      const auto end = std::find_if(begin, found.end(),
                                    [&](const Candidate& each) { return each.key != begin->key; });
      if (end - begin > 1 && is_new((end - 1)->number)) kept = std::move(begin, end, kept);
      begin = end;
    }
    found.erase(kept, found.end());
  }

  Result<void> compare(const std::vector<Candidate>& shared) {
    Names names;
    for (const Candidate& each : shared) names.try_emplace(each.number.value);
    if (names.empty()) return {};
    auto ok = each_([&](std::string_view name, SubjectNumber number) {
      if (const auto wanted = names.find(number.value); wanted != names.end())
        wanted->second = name;
    });
    if (!ok) return ok;
    for (auto begin = shared.begin(); begin != shared.end();) {
      auto end = begin;
      for (; end != shared.end() && end->key == begin->key; ++end)
        if (is_new(end->number)) find_oldest({begin, end}, end->number, names);
      begin = end;
    }
    return {};
  }

  /// The first of the older ones, which are in their order, of which it is a slip.
  void find_oldest(std::span<const Candidate> older, SubjectNumber number, const Names& names) {
    const std::string& name = names.at(number.value);
    const auto known = likes_.find(number);
    for (const Candidate& each : older) {
      if (known != likes_.end() && known->second.number <= each.number) return;
      const std::string& other = names.at(each.number.value);
      if (!is_slip(name, other)) continue;
      likes_.insert_or_assign(number, Like{each.number, {"subject", name, other}});
      return;
    }
  }

  std::vector<Slip> slips() {
    std::map<SubjectNumber, Slip> all;
    for (auto& [number, like] : likes_) all.emplace(number, std::move(like.slip));
    for (const auto& [number, kind] : of_kinds_)
      all.try_emplace(number, Slip{"kind", kind, *kinds_.find(kind)->second});
    std::vector<Slip> slips;
    for (auto& [number, slip] : all) slips.push_back(std::move(slip));
    return slips;
  }

  const EachSubject& each_;
  SubjectNumber first_;
  std::uint64_t most_keys_;
  std::uint64_t letters_ = 0;  // of the new names, with one more for each: no fewer than their keys
  std::uint64_t parts_ = 1, part_ = 0;
  Kinds old_kinds_;
  std::map<std::string, std::optional<std::string>, std::less<>> kinds_;  // of new ones
  std::map<SubjectNumber, std::string> of_kinds_;
  std::map<SubjectNumber, Like> likes_;
  std::vector<std::uint64_t> keys_;
};

}  // namespace

bool is_slip(std::string_view typed, std::string_view known) {
  if (kind_of(typed) == kind_of(known)) return looks_like_slip(own_name(typed), own_name(known));
  return own_name(typed) == own_name(known) && looks_like_slip(kind_of(typed), kind_of(known));
}

std::optional<std::string> slip_of_kind(std::string_view kind, const Kinds& known) {
  if (known.contains(kind) || std::ranges::find(kKinds, kind) != std::end(kKinds))
    return std::nullopt;
  const auto like = [&](std::string_view other) { return looks_like_slip(kind, other); };
  if (const auto usual = std::ranges::find_if(kKinds, like); usual != std::end(kKinds))
    return std::string(*usual);
  if (const auto other = std::ranges::find_if(known, like); other != known.end()) return *other;
  return std::nullopt;
}

Result<std::vector<Slip>> slips_of_subjects(const EachSubject& each, SubjectNumber first,
                                            std::uint64_t most_keys) {
  return SlipSearch(each, first, most_keys).run();
}

}  // namespace solnoma
