#include "tools/serve/sharing/nats_library.hpp"

#include "tools/report/loaded_library.hpp"

namespace solnoma {
namespace {

Result<NatsLibrary> load() {
  auto library = LoadedLibrary::load("libnats.so.3.4", "sharing a log by NATS", "libnats3.4");
  if (!library) return std::unexpected(library.error());
  NatsLibrary nats;
  const bool found =
      library->find(nats.options_create, "natsOptions_Create") &&
      library->find(nats.options_destroy, "natsOptions_Destroy") &&
      library->find(nats.set_url, "natsOptions_SetURL") &&
      library->find(nats.set_timeout, "natsOptions_SetTimeout") &&
      library->find(nats.set_name, "natsOptions_SetName") &&
      library->find(nats.set_allow_reconnect, "natsOptions_SetAllowReconnect") &&
      library->find(nats.set_error_handler, "natsOptions_SetErrorHandler") &&
      library->find(nats.set_secure, "natsOptions_SetSecure") &&
      library->find(nats.load_authorities, "natsOptions_LoadCATrustedCertificates") &&
      library->find(nats.load_certificate, "natsOptions_LoadCertificatesChain") &&
      library->find(nats.set_user, "natsOptions_SetUserInfo") &&
      library->find(nats.connect, "natsConnection_Connect") &&
      library->find(nats.disconnect, "natsConnection_Destroy") &&
      library->find(nats.max_payload, "natsConnection_GetMaxPayload") &&
      library->find(nats.request, "natsConnection_RequestMsg") &&
      library->find(nats.subscribe, "natsConnection_SubscribeSync") &&
      library->find(nats.set_pending_limits, "natsSubscription_SetPendingLimits") &&
      library->find(nats.flush, "natsConnection_FlushTimeout") &&
      library->find(nats.next_message, "natsSubscription_NextMsg") &&
      library->find(nats.unsubscribe, "natsSubscription_Destroy") &&
      library->find(nats.message_create, "natsMsg_Create") &&
      library->find(nats.message_destroy, "natsMsg_Destroy") &&
      library->find(nats.message_data, "natsMsg_GetData") &&
      library->find(nats.message_size, "natsMsg_GetDataLength") &&
      library->find(nats.set_header, "natsMsgHeader_Set") &&
      library->find(nats.words, "natsStatus_GetText") &&
      library->find(nats.last_error, "nats_GetLastError");
  if (found) return nats;
  return fail(Errc::unavailable, "sharing a log by NATS needs a newer libnats",
              "install the package libnats3.4");
}

}  // namespace

Result<const NatsLibrary*> load_nats() {
  static const Result<NatsLibrary> nats = load();
  if (!nats) return std::unexpected(nats.error());
  return &*nats;
}

}  // namespace solnoma
