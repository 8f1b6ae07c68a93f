#pragma once

#include <cstddef>
#include <deque>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "engine/result.hpp"

namespace solnoma {

/// An element of an XML document with all that is in it. Names are as they are written, prefixes
/// and all. Attributes and texts are marked as read when they are asked for.
struct XmlElement {
  struct Attribute {
    std::string name, value;
    mutable bool read = false;
  };

  std::string name;
  std::vector<Attribute> attributes;
  std::string own_text;
  std::vector<XmlElement> children;
  mutable bool text_read = false;

  /// The first child of that name; one that is empty where there is none.
  [[nodiscard]] const XmlElement& child(std::string_view wanted) const;
  [[nodiscard]] std::vector<const XmlElement*> all(std::string_view wanted) const;
  /// Empty where there is none.
  [[nodiscard]] const std::string& attribute(std::string_view wanted) const;
  /// The text directly in it, without white space at its ends.
  [[nodiscard]] const std::string& text() const;
};

/// Counts what was not read, by path: "iati-activity/title/@xml:lang".
void count_unread(const XmlElement& element, const std::string& path,
                  std::map<std::string, std::size_t>& counts);

/// Gives the elements of one name out of a document, one after the other, by libexpat. Memory: the
/// largest of them. What declares entities is refused, so that none can be a bomb.
class XmlElements {
 public:
  struct Found {
    XmlElement element;
    std::size_t line = 0;       ///< on which it begins, from 1
    std::string_view original;  ///< as it stands
  };

  /// `bytes` outlive it. `wrapper`: the element around those of `name`.
  XmlElements(std::string_view bytes, std::string wrapper, std::string name);
  ~XmlElements();
  XmlElements(const XmlElements&) = delete;
  XmlElements& operator=(const XmlElements&) = delete;

  /// False at the end. Errors: invalid, with the line: it is no XML, declares entities, or is
  /// nested deeper than 64 levels.
  [[nodiscard]] Result<bool> next(Found& found);

  /// The newest wrapper that began, without its children; its name is empty before there was one.
  [[nodiscard]] const XmlElement& wrapper() const;
  /// Reads on until there is a wrapper or the document ends. Errors: as above.
  [[nodiscard]] Result<void> find_wrapper();
  /// The encoding that the document declares; empty: none.
  [[nodiscard]] const std::string& encoding() const;

 private:
  struct Parser;
  std::unique_ptr<Parser> parser_;
};

}  // namespace solnoma
