#include "tools/import/standards/json_parts.hpp"

#include <fmt/format.h>
#include <rapidjson/stringbuffer.h>
#include <rapidjson/writer.h>

#include <algorithm>

#include "events/edtf.hpp"
#include "events/text/text.hpp"
#include "events/text/web_address.hpp"
#include "events/validate.hpp"
#include "tools/import/standards/telling.hpp"

namespace solnoma {
namespace {

bool is_currency(std::string_view code) {
  constexpr std::size_t kLetters = 3;
  return code.size() == kLetters &&
         std::ranges::all_of(code, [](char c) { return c >= 'A' && c <= 'Z'; });
}

/// An address that events can hold; any other one is left out.
std::string read_url(const JsonNode& node) {
  if (!node || !node.value()->IsString()) return {};
  const std::string_view url(node.value()->GetString(), node.value()->GetStringLength());
  if (!is_web_address(url) || holds_several_addresses(url) || url.size() > kMaxUrl) return {};
  return node.text();
}

}  // namespace

JsonPackage read_package(const JsonNode& root, Repairs& repairs) {
  JsonPackage package;
  const JsonNode publisher = root["publisher"];
  const std::string uri = root["uri"].text();
  const std::string publisher_uri = publisher["uri"].text();
  const std::string scheme = publisher["scheme"].text();
  const std::string uid = publisher["uid"].id();
  if (is_like_uri(uri) && !uri.empty())
    package.source = uri;
  else if (is_like_uri(publisher_uri) && !publisher_uri.empty())
    package.source = publisher_uri;
  else if (const std::string urn = fmt::format("urn:publisher:{}:{}", scheme, uid);
           !uid.empty() && is_like_uri(urn))
    package.source = urn;
  package.published = read_date(root["publishedDate"]);
  if (const auto known = known_from_text(package.published)) package.known = *known;
  add_text(package.citation.publisher, kUndetermined, publisher["name"].text(), repairs);
  package.citation.published = package.published;
  package.citation.url = read_url(root["uri"]);
  if (const std::string license = root["license"].text(); !license.empty())
    add_note(package.citation.note, kUndetermined, "Licence: " + license, repairs);
  return package;
}

std::string read_date(const JsonNode& node) {
  const std::string text = node.text();
  if (text.empty()) return text;
  if (auto date = date_of_standard(text)) return *date;
  node.wrong("the date is not understood", text, "write it as in 2024-05-31T00:00:00Z");
  return {};
}

JsonPeriod read_period(const JsonNode& node) {
  JsonPeriod period{read_date(node["startDate"]), read_date(node["endDate"])};
  if (period.start.empty() || period.end.empty()) return period;
  const auto start = parse_edtf(period.start);
  const auto end = parse_edtf(period.end);
  if (start && end && start->bounds.earliest > end->bounds.latest)
    node.wrong("the period starts after its end", fmt::format("{} to {}", period.start, period.end),
               "exchange or correct the dates");
  return period;
}

std::string interval_of(const JsonPeriod& period) {
  if (period.start.empty() || period.end.empty() || period.start == period.end)
    return period.start.empty() ? period.end : period.start;
  return period.start + "/" + period.end;
}

std::optional<Quantity> read_value(const JsonNode& node, std::string measure, Accrual accrual) {
  const std::string amount = node["amount"].decimal();
  const std::string currency = node["currency"].text();
  if (amount.empty()) return std::nullopt;
  if (!is_decimal(amount)) {
    node["amount"].wrong("the amount is out of range", amount, "look at what wrote it");
    return std::nullopt;
  }
  if (!is_currency(currency)) {
    node["currency"].wrong(currency.empty() ? "the amount has no currency" : "it is no currency",
                           currency, "write the three capital letters of ISO 4217, as in USD");
    return std::nullopt;
  }
  Quantity quantity{std::move(measure), amount, currency};
  quantity.accrual = accrual;
  return quantity;
}

LocalText read_name(const JsonNode& organization, std::string_view language, Repairs& repairs) {
  LocalText name;
  add_text(name, language, organization["name"].text(), repairs);
  return name;
}

std::vector<Partner> read_parties(const JsonNode& parties, std::string_view language,
                                  Repairs& repairs) {
  std::vector<Partner> partners;
  for (const JsonNode& party : parties.items()) {
    if (partners.size() == kMaxEntries) break;
    LocalText name = read_name(party, language, repairs);
    const std::string id = party["id"].id();
    if (name.empty()) add_text(name, language, party["identifier"]["legalName"].text(), repairs);
    if (name.empty() && !id.empty()) add_text(name, kUndetermined, id, repairs);
    if (name.empty()) continue;
    std::vector<std::string> roles;
    for (const JsonNode& role : party["roles"].items())
      if (std::string slug = slug_of_code(role.text()); !slug.empty())
        roles.push_back(std::move(slug));
    if (roles.empty()) roles.emplace_back();
    for (std::string& role : roles)
      if (partners.size() < kMaxEntries) partners.push_back({name, std::move(role), {}, id});
  }
  return partners;
}

void add_documents(std::vector<Source>& to, const JsonNode& documents, std::string_view language,
                   Repairs& repairs) {
  for (const JsonNode& document : documents.items()) {
    if (to.size() == kMaxEntries) return;
    Source source;
    add_text(source.publisher, kUndetermined, document["author"].text(), repairs);
    source.published = read_date(document["datePublished"]);
    source.url = read_url(document["url"]);
    const std::string own = document["language"].text();
    add_note(source.note, own.empty() ? language : std::string_view(own), document["title"].text(),
             repairs);
    if (!source.url.empty() || !source.note.empty()) to.push_back(std::move(source));
  }
}

std::string package_head(const rapidjson::Value& root, std::string_view list) {
  rapidjson::StringBuffer buffer;
  rapidjson::Writer<rapidjson::StringBuffer> writer(buffer);
  std::string head = "{";
  for (const auto& member : root.GetObject()) {
    if (std::string_view(member.name.GetString(), member.name.GetStringLength()) == list) continue;
    buffer.Clear();
    writer.Reset(buffer);
    member.name.Accept(writer);
    head += std::string_view(buffer.GetString(), buffer.GetSize());
    buffer.Clear();
    writer.Reset(buffer);
    member.value.Accept(writer);
    head += ":";
    head += std::string_view(buffer.GetString(), buffer.GetSize());
    head += ",\n";
  }
  return head + fmt::format("\"{}\":[\n", list);
}

std::string package_row(const std::string& original, const std::vector<Problem>& problems,
                        const std::string& place) {
  std::string lines;
  for (const Problem& problem : problems)
    lines += fmt::format("// {}: {}{}{}\n", place, problem.field, problem.field.empty() ? "" : ": ",
                         visible(text_of(problem)));
  return lines + original + ",\n";
}

}  // namespace solnoma
