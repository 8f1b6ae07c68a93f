#pragma once

#include <nats/nats.h>

#include "engine/result.hpp"

namespace solnoma {

/// The functions of libnats, which is loaded when a log is first shared by NATS.
struct NatsLibrary {
  decltype(&natsOptions_Create) options_create = nullptr;
  decltype(&natsOptions_Destroy) options_destroy = nullptr;
  decltype(&natsOptions_SetURL) set_url = nullptr;
  decltype(&natsOptions_SetTimeout) set_timeout = nullptr;
  decltype(&natsOptions_SetName) set_name = nullptr;
  decltype(&natsOptions_SetAllowReconnect) set_allow_reconnect = nullptr;
  decltype(&natsOptions_SetErrorHandler) set_error_handler = nullptr;
  decltype(&natsOptions_SetSecure) set_secure = nullptr;
  decltype(&natsOptions_LoadCATrustedCertificates) load_authorities = nullptr;
  decltype(&natsOptions_LoadCertificatesChain) load_certificate = nullptr;
  decltype(&natsOptions_SetUserInfo) set_user = nullptr;
  decltype(&natsConnection_Connect) connect = nullptr;
  decltype(&natsConnection_Destroy) disconnect = nullptr;
  decltype(&natsConnection_GetMaxPayload) max_payload = nullptr;
  decltype(&natsConnection_RequestMsg) request = nullptr;
  decltype(&natsConnection_SubscribeSync) subscribe = nullptr;
  decltype(&natsSubscription_SetPendingLimits) set_pending_limits = nullptr;
  decltype(&natsConnection_FlushTimeout) flush = nullptr;
  decltype(&natsSubscription_NextMsg) next_message = nullptr;
  decltype(&natsSubscription_Destroy) unsubscribe = nullptr;
  decltype(&natsMsg_Create) message_create = nullptr;
  decltype(&natsMsg_Destroy) message_destroy = nullptr;
  decltype(&natsMsg_GetData) message_data = nullptr;
  decltype(&natsMsg_GetDataLength) message_size = nullptr;
  decltype(&natsMsgHeader_Set) set_header = nullptr;
  decltype(&natsStatus_GetText) words = nullptr;
  decltype(&nats_GetLastError) last_error = nullptr;
};

/// Loads it at the first call, and keeps it. Thread-safe. Errors: unavailable: it is not there.
[[nodiscard]] Result<const NatsLibrary*> load_nats();

}  // namespace solnoma
