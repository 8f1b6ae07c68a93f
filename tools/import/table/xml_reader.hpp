#pragma once

#include <memory>
#include <optional>
#include <string_view>

#include "engine/result.hpp"

namespace solnoma {

/// The attributes of an element. Names are without their namespaces.
class XmlAttributes {
 public:
  /// Names and values in turn, as expat has them; a null pointer ends them.
  explicit XmlAttributes(const char* const* all) : all_(all) {}

  /// Empty: there is none.
  [[nodiscard]] std::string_view find(std::string_view name) const;

 private:
  const char* const* all_;
};

/// Is told what stands in an XML document. Names are without their namespaces.
class XmlHandler {
 public:
  virtual ~XmlHandler() = default;
  virtual void begin(std::string_view name, const XmlAttributes& attributes) = 0;
  virtual void end(std::string_view name) = 0;
  /// A text may come in pieces.
  virtual void text(std::string_view text) = 0;

  /// Ends the reading.
  void stop(Error error) {
    if (!error_) error_ = std::move(error);
  }
  [[nodiscard]] const std::optional<Error>& error() const { return error_; }

 private:
  std::optional<Error> error_;
};

/// Reads XML piece by piece; expat does. Document types are refused, and with them entities that
/// would grow. Memory does not grow with the document. One thread at a time.
class XmlReader {
 public:
  /// `handler` outlives it.
  explicit XmlReader(XmlHandler& handler);
  ~XmlReader();

  /// Errors: invalid, when it is no XML; what the handler stopped with.
  [[nodiscard]] Result<void> read(std::string_view piece);
  /// After the last piece.
  [[nodiscard]] Result<void> finish();

 private:
  struct Parser;
  Result<void> parse(std::string_view piece, bool last);

  XmlHandler& handler_;
  std::unique_ptr<Parser> parser_;
};

}  // namespace solnoma
