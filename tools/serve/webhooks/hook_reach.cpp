#include "tools/serve/webhooks/hook_reach.hpp"

#include <arpa/inet.h>
#include <fmt/format.h>
#include <netinet/in.h>

#include <algorithm>
#include <array>
#include <cstring>
#include <span>
#include <vector>

namespace solnoma {
namespace {

/// Where an address lies.
enum class AddressPlace : std::uint8_t { internet, private_network, this_machine, nowhere };

struct Block {
  std::array<std::uint8_t, 16> begin;
  unsigned bits;
  AddressPlace place;
};

// https://www.iana.org/assignments/iana-ipv4-special-registry
constexpr Block kBlocks4[] = {
    {{0}, 8, AddressPlace::nowhere},
    {{10}, 8, AddressPlace::private_network},
    {{100, 64}, 10, AddressPlace::private_network},  // of providers
    {{127}, 8, AddressPlace::this_machine},
    {{169, 254}, 16, AddressPlace::private_network},  // of a link
    {{172, 16}, 12, AddressPlace::private_network},
    {{192, 0, 0}, 24, AddressPlace::nowhere},
    {{192, 0, 2}, 24, AddressPlace::nowhere},
    {{192, 88, 99}, 24, AddressPlace::nowhere},
    {{192, 168}, 16, AddressPlace::private_network},
    {{198, 18}, 15, AddressPlace::private_network},
    {{198, 51, 100}, 24, AddressPlace::nowhere},
    {{203, 0, 113}, 24, AddressPlace::nowhere},
    {{224}, 3, AddressPlace::nowhere},  // multicast, reserved, broadcast
    {{0}, 0, AddressPlace::internet},
};

// https://www.iana.org/assignments/iana-ipv6-special-registry
constexpr Block kBlocks6[] = {
    {{0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1}, 128, AddressPlace::this_machine},
    {{0x20, 0x01, 0x0d, 0xb8}, 32, AddressPlace::nowhere},
    {{0x20, 0x01, 0}, 23, AddressPlace::nowhere},
    {{0x3f, 0xff, 0}, 20, AddressPlace::nowhere},
    {{0x20}, 3, AddressPlace::internet},
    {{0xfc}, 7, AddressPlace::private_network},
    {{0xfe, 0x80}, 9, AddressPlace::private_network},  // of a link, and of a site
    {{0}, 0, AddressPlace::nowhere},
};

/// The blocks that have an IPv4 address behind their bits: mapped, translated, 6to4.
constexpr Block kCarriers[] = {
    {{0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff}, 96, {}},
    {{0, 0x64, 0xff, 0x9b}, 96, {}},
    {{0x20, 0x02}, 16, {}},
};

bool lies_in(std::span<const std::uint8_t> address, const Block& block) {
  for (unsigned bit = 0; bit < block.bits; ++bit) {
    const auto mask = static_cast<std::uint8_t>(0x80U >> (bit % 8));
    if (((address[bit / 8] ^ block.begin[bit / 8]) & mask) != 0) return false;
  }
  return true;
}

/// Each table ends with a block of all.
AddressPlace place_in(std::span<const Block> blocks, std::span<const std::uint8_t> address) {
  return std::ranges::find_if(blocks, [&](const Block& each) { return lies_in(address, each); })
      ->place;
}

AddressPlace place_of(std::span<const std::uint8_t> address) {
  constexpr std::size_t kSize4 = 4;
  if (address.size() == kSize4) return place_in(kBlocks4, address);
  for (const Block& carrier : kCarriers)
    if (lies_in(address, carrier))
      return place_in(kBlocks4, address.subspan(carrier.bits / 8, kSize4));
  return place_in(kBlocks6, address);
}

/// Its bytes; none: it is of another family.
std::vector<std::uint8_t> bytes_of(const sockaddr& address) {
  std::vector<std::uint8_t> bytes;
  const auto take = [&](const auto& from) {
    bytes.resize(sizeof from);
    std::memcpy(bytes.data(), &from, sizeof from);
  };
  if (address.sa_family == AF_INET) {
    sockaddr_in inet{};
    std::memcpy(&inet, &address, sizeof inet);
    take(inet.sin_addr);
  } else if (address.sa_family == AF_INET6) {
    sockaddr_in6 inet{};
    std::memcpy(&inet, &address, sizeof inet);
    take(inet.sin6_addr);
  }
  return bytes;
}

const char* words_of(AddressPlace place) {
  switch (place) {
    case AddressPlace::this_machine:
      return "of this machine";
    case AddressPlace::private_network:
      return "of a private network";
    case AddressPlace::internet:
      return "not of this machine";
    case AddressPlace::nowhere:
      break;
  }
  return "no address of a server";
}

}  // namespace

std::string refusal_of(const sockaddr& address, HookReach reach) {
  const std::vector<std::uint8_t> bytes = bytes_of(address);
  if (bytes.empty()) return "it is no address of the internet";
  const AddressPlace place = place_of(bytes);
  const bool taken = reach == HookReach::this_machine ? place == AddressPlace::this_machine
                     : reach == HookReach::anywhere   ? place != AddressPlace::nowhere
                                                      : place == AddressPlace::internet;
  if (taken) return {};
  std::array<char, INET6_ADDRSTRLEN> text{};
  (void)inet_ntop(address.sa_family, bytes.data(), text.data(), text.size());
  return fmt::format("{} is {}", text.data(), words_of(place));
}

}  // namespace solnoma
