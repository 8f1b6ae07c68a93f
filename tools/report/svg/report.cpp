#include "tools/report/svg/report.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <optional>
#include <span>
#include <utility>

#include "engine/base/check.hpp"
#include "tools/report/svg/pictures.hpp"
#include "tools/report/svg/style.hpp"
#include "tools/report/svg/writer.hpp"

namespace solnoma {
namespace {

constexpr double kGap = 24;
constexpr double kUsualWidth = 1200;
constexpr double kLeastScale = 0.55;  // smaller letters are not read
constexpr std::size_t kFewest = 8;    // subjects that are drawn, whatever their size
constexpr std::size_t kMostColumns = 3;

using Draw = SvgPicture (*)(const Vantage&, const std::vector<SubjectView>&, Language,
                            const SvgOptions&);

struct PictureKind {
  Draw draw;
  double least_width;  ///< that its words need
  bool grows;          ///< takes the height that it is given
};
constexpr PictureKind kTimelinePicture{svg_timeline, 900, true};
constexpr PictureKind kBoardPicture{svg_board, 900, true};
constexpr PictureKind kStatusPicture{svg_status_chart, 640, true};
constexpr std::array kAllPictures{
    kTimelinePicture, kStatusPicture, PictureKind{svg_figures_chart, 800, false},
    PictureKind{svg_slippage_chart, 800, false}, PictureKind{svg_indicators_chart, 800, false}};

std::span<const PictureKind> kinds_of(Pictures only) {
  switch (only) {
    case Pictures::board:
      return {&kBoardPicture, 1};
    case Pictures::timeline:
      return {&kTimelinePicture, 1};
    case Pictures::chart:
      return {&kStatusPicture, 1};
    case Pictures::all:
      break;
  }
  return kAllPictures;
}

/// A picture within another: the same element, moved, without the style that all share.
std::string moved(std::string picture, Point to) {
  constexpr std::string_view kElement = "<svg";
  SOLNOMA_CHECK(picture.starts_with(kElement));
  const std::size_t styles = picture.find(svg_styles());
  SOLNOMA_CHECK(styles != picture.npos);
  picture.erase(styles, svg_styles().size());
  const std::string x = to.x == 0 ? "" : fmt::format(" x=\"{}\"", svg_number(to.x));
  return fmt::format("{}{} y=\"{}\"{}", kElement, x, svg_number(to.y),
                     picture.substr(kElement.size()));
}

/// The element around_all pictures that are laid out in `inner` and shown in `shown`.
std::string around_all(const std::string& pictures, Point inner, Point shown) {
  return fmt::format(
      "<svg xmlns=\"http://www.w3.org/2000/svg\" class=\"sn-picture\" "
      "width=\"{}\" height=\"{}\" viewBox=\"0 0 {} {}\">\n{}{}{}</svg>\n",
      svg_number(shown.x), svg_number(shown.y), svg_number(inner.x), svg_number(inner.y),
      svg_styles(), svg_paper(inner.x, inner.y), pictures);
}

/// What is drawn, and how much of it.
class Drawing {
 public:
  Drawing(const Report& report, const std::vector<SubjectView>& views, Pictures only)
      : report_(report), views_(views) {
    for (const PictureKind& kind : kinds_of(only))
      if (kinds_of(only).size() == 1 || !draw(kind, kUsualWidth, 0).empty) kinds_.push_back(kind);
    if (kinds_.empty()) kinds_.push_back(kTimelinePicture);  // it says that there is nothing
  }

  Drawing(const Report& report, const std::vector<SubjectView>& views, const PictureKind& kind)
      : report_(report), views_(views), kinds_{kind} {}

  [[nodiscard]] std::span<const PictureKind> kinds() const { return kinds_; }
  [[nodiscard]] SvgPicture draw(const PictureKind& kind, double width, double height) const {
    SvgOptions options{.id = {}, .width = width, .height = height, .most = most_};
    return kind.draw(report_.vantage(), views_, report_.language(), options);
  }
  /// No more subjects than this; false: there are no fewer to be drawn.
  bool narrow(double share) {
    const std::size_t now = std::min(most_, views_.size());
    const auto fewer = static_cast<std::size_t>(static_cast<double>(now) * share);
    if (now <= kFewest) return false;
    most_ = std::clamp(fewer, kFewest, now - 1);
    return true;
  }

 private:
  const Report& report_;
  const std::vector<SubjectView>& views_;
  std::vector<PictureKind> kinds_;
  std::size_t most_ = kMostLanes;
};

/// Pictures below each other, as wide as they like and as high as they come.
SvgPage stacked(const Drawing& drawing, double width) {
  if (drawing.kinds().size() == 1) {
    SvgPicture alone = drawing.draw(drawing.kinds().front(), width, 0);
    return {std::move(alone.text), width, alone.height};
  }
  std::string pictures;
  double height = 0;
  for (const PictureKind& kind : drawing.kinds()) {
    const SvgPicture picture = drawing.draw(kind, width, 0);
    pictures += moved(picture.text, {0, height});
    height += picture.height + kGap;
  }
  return {around_all(pictures, {width, height}, {width, height}), width, height};
}

/// Pictures in columns, so that all of a size is taken.
class Layout {
 public:
  Layout(const Drawing& drawing, std::size_t columns, Point size)
      : drawing_(drawing), columns_(columns), size_(size) {
    double least = 0;
    for (const PictureKind& kind : drawing.kinds()) least = std::max(least, kind.least_width);
    width_ = least;
    if (!fits()) {
      double most = 128 * least;
      double narrow = least;
      for (int i = 0; i < 12; ++i) {
        width_ = (narrow + most) / 2;
        (fits() ? most : narrow) = width_;
      }
      width_ = most;
      fits_ = fits();
    }
  }

  /// How large a unit is drawn; 0: nothing fits.
  [[nodiscard]] double scale() const { return fits_ ? size_.x / whole_width() : 0; }

  [[nodiscard]] SvgPage draw() const {
    const double height = whole_height();
    std::string pictures;
    double x = 0;
    std::size_t next = 0;
    for (const std::size_t count : counts_) {
      const auto kinds = drawing_.kinds().subspan(next, count);
      next += count;
      pictures += column(kinds, x, height);
      x += width_ + kGap;
    }
    return {around_all(pictures, {whole_width(), height}, size_), size_.x, size_.y};
  }

 private:
  [[nodiscard]] double whole_width() const {
    return static_cast<double>(columns_) * width_ + static_cast<double>(columns_ - 1) * kGap;
  }
  [[nodiscard]] double whole_height() const { return whole_width() * size_.y / size_.x; }

  /// Whether all of them have room at this width, one column after the other.
  bool fits() {
    const double height = whole_height();
    counts_.assign(1, 0);
    double filled = 0;
    for (const PictureKind& kind : drawing_.kinds()) {
      const double own = drawing_.draw(kind, width_, 0).height;
      if (counts_.back() > 0 && filled + kGap + own > height) {
        counts_.push_back(0);
        filled = 0;
      }
      filled += own + (counts_.back() > 0 ? kGap : 0);
      ++counts_.back();
      if (filled > height) return false;
    }
    fits_ = counts_.size() <= columns_;
    return fits_;
  }

  [[nodiscard]] std::string column(std::span<const PictureKind> kinds, double x,
                                   double height) const {
    std::vector<double> heights;
    double filled = static_cast<double>(kinds.size() - 1) * kGap;
    double growing = 0;
    for (const PictureKind& kind : kinds) {
      heights.push_back(drawing_.draw(kind, width_, 0).height);
      filled += heights.back();
      growing += kind.grows ? 1 : 0;
    }
    const double more = growing == 0 ? 0 : std::max(height - filled, 0.0) / growing;
    std::vector<SvgPicture> drawn;
    double all = static_cast<double>(kinds.size() - 1) * kGap;
    for (std::size_t i = 0; i < kinds.size(); ++i) {
      drawn.push_back(
          drawing_.draw(kinds[i], width_, kinds[i].grows ? heights[i] + more : heights[i]));
      all += drawn.back().height;
    }
    std::string text;
    double y = std::max(height - all, 0.0) / 2;  // what is left lies around_all them
    for (const SvgPicture& picture : drawn) {
      text += moved(picture.text, {x, y});
      y += picture.height + kGap;
    }
    return text;
  }

  const Drawing& drawing_;
  std::size_t columns_;
  Point size_;
  double width_ = 0;  // of a column
  std::vector<std::size_t> counts_;
  bool fits_ = false;
};

/// The arrangement with the largest letters; of fewer subjects where nobody could read them.
SvgPage fitted_page(Drawing& drawing, Point size) {
  for (;;) {
    std::optional<Layout> best;
    for (std::size_t columns = 1; columns <= std::min(kMostColumns, drawing.kinds().size());
         ++columns) {
      Layout sheet(drawing, columns, size);
      if (!best || sheet.scale() > best->scale()) best.emplace(std::move(sheet));
    }
    const double scale = best->scale();
    if (scale >= kLeastScale || !drawing.narrow(scale / kLeastScale)) return best->draw();
  }
}

SvgPage page_of(Drawing drawing, const PictureOptions& options) {
  const double width = options.width != 0 ? options.width : kUsualWidth;
  if (options.height == 0) return stacked(drawing, width);
  if (options.width != 0) return fitted_page(drawing, {width, options.height});
  const double natural = stacked(drawing, width).height;
  return fitted_page(drawing, {width * options.height / natural, options.height});
}

}  // namespace

Result<SvgPage> svg_page(const Report& report, const PictureOptions& options) {
  const auto views = report.views();
  if (!views) return std::unexpected(views.error());
  return page_of(Drawing(report, *views, options.only), options);
}

Result<std::vector<SvgPage>> svg_pages(const Report& report, const PictureOptions& options) {
  const auto views = report.views();
  if (!views) return std::unexpected(views.error());
  const Drawing all(report, *views, options.only);
  std::vector<SvgPage> pages;
  for (const PictureKind& kind : all.kinds())
    pages.push_back(page_of(Drawing(report, *views, kind), options));
  return pages;
}

Result<void> svg_pictures(const Report& report, const PictureOptions& options, const Sink& sink) {
  const auto page = svg_page(report, options);
  if (!page) return std::unexpected(page.error());
  sink(page->text);
  return {};
}

Result<void> svg_marks(const Report& report, const Sink& sink) {
  return svg_pictures(report, {.only = Pictures::timeline}, sink);
}

Result<void> svg_report(const Report& report, const Sink& sink) {
  return svg_pictures(report, {}, sink);
}

}  // namespace solnoma
