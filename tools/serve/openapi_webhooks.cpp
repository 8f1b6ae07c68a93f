#include <string>

#include "tools/serve/openapi_writer.hpp"

namespace solnoma {
namespace {

void write_webhook(SpecificationWriter& to, const std::string& name, const char* summary,
                   const char* type) {
  to.object(name, [&] {
    to.object("post", [&] {
      to.member("operationId", "webhook-" + name);
      to.member("summary", summary);
      to.member("description",
                "Signed by Standard Webhooks, and posted again, under the same id, until it is "
                "acknowledged or given up. 'solnoma webhook add' says to whom.");
      to.array("security", [&] { to.object([] {}); });
      to.array("parameters", [&] {
        for (const auto& [header, help] :
             {std::pair{"webhook-id", "Of the message: the same at every attempt"},
              {"webhook-timestamp", "Of the attempt: seconds since 1970"},
              {"webhook-signature",
               "v1, and, in base64, the HMAC-SHA256 of id.timestamp.body by the secret; while a "
               "new "
               "secret takes the place of an old one, that of each, with a blank between"}})
          write_parameter(to, {.name = header, .help = help, .in = "header", .required = true});
      });
      to.object("requestBody", [&] {
        to.member("required", true);
        write_content(to, {type});
      });
      to.object("responses", [&] {
        for (const auto& [status, help] :
             {std::pair{"2XX", "It is acknowledged"},
              {"410", "Nothing is to be posted any more"},
              {"default", "It is posted again, not before Retry-After says"}})
          to.object(status, [&] { to.member("description", help); });
      });
    });
  });
}

}  // namespace

void write_posted_news(SpecificationWriter& to) {
  to.object("webhooks", [&] {
    write_webhook(to, "event", "An event, as /v1/events tells it", "application/cloudevents+json");
    write_webhook(to, "change", "A change of statuses or plans, as /v1/changes tells it",
                  "application/json");
  });
}

}  // namespace solnoma
