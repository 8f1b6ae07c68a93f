#include "tools/report/cairo/drawn.hpp"

#include <cairo-pdf.h>
#include <cairo.h>
#include <fmt/format.h>
#include <librsvg/rsvg.h>

#include <memory>
#include <string>

#include "tools/report/loaded_library.hpp"
#include "tools/report/words/messages.hpp"
#include "tools/report/words/phrases.hpp"

namespace solnoma {
namespace {

/// What is called of librsvg and of what it needs.
struct DrawFunctions {
  decltype(rsvg_handle_new_from_data)* read = nullptr;
  decltype(rsvg_handle_render_document)* render = nullptr;
  decltype(g_object_unref)* unref = nullptr;
  decltype(g_error_free)* free_error = nullptr;
  decltype(cairo_create)* begin = nullptr;
  decltype(cairo_destroy)* end = nullptr;
  decltype(cairo_status)* status = nullptr;
  decltype(cairo_show_page)* show_page = nullptr;
  decltype(cairo_scale)* scale = nullptr;
  decltype(cairo_status_to_string)* words = nullptr;
  decltype(cairo_image_surface_create)* image = nullptr;
  decltype(cairo_surface_write_to_png_stream)* write_png = nullptr;
  decltype(cairo_pdf_surface_create_for_stream)* pdf = nullptr;
  decltype(cairo_pdf_surface_set_size)* set_size = nullptr;
  decltype(cairo_pdf_surface_set_metadata)* set_metadata = nullptr;
  decltype(cairo_surface_finish)* finish = nullptr;
  decltype(cairo_surface_status)* surface_status = nullptr;
  decltype(cairo_surface_destroy)* destroy = nullptr;
};

Result<DrawFunctions> draw_functions() {
  auto library = LoadedLibrary::load("librsvg-2.so.2", "drawing a picture", "librsvg2-2");
  if (!library) return std::unexpected(library.error());
  DrawFunctions all;
  const bool found =
      library->find(all.read, "rsvg_handle_new_from_data") &&
      library->find(all.render, "rsvg_handle_render_document") &&
      library->find(all.unref, "g_object_unref") && library->find(all.free_error, "g_error_free") &&
      library->find(all.begin, "cairo_create") && library->find(all.end, "cairo_destroy") &&
      library->find(all.status, "cairo_status") &&
      library->find(all.show_page, "cairo_show_page") && library->find(all.scale, "cairo_scale") &&
      library->find(all.words, "cairo_status_to_string") &&
      library->find(all.image, "cairo_image_surface_create") &&
      library->find(all.write_png, "cairo_surface_write_to_png_stream") &&
      library->find(all.pdf, "cairo_pdf_surface_create_for_stream") &&
      library->find(all.set_size, "cairo_pdf_surface_set_size") &&
      library->find(all.set_metadata, "cairo_pdf_surface_set_metadata") &&
      library->find(all.finish, "cairo_surface_finish") &&
      library->find(all.surface_status, "cairo_surface_status") &&
      library->find(all.destroy, "cairo_surface_destroy");
  if (!found)
    return fail(Errc::unavailable, "librsvg-2.so.2 lacks what drawing a picture needs",
                "install librsvg2-2 of version 2.46 or later");
  return all;
}

/// Takes what cairo writes.
cairo_status_t take_bytes(void* sink, const unsigned char* data, unsigned int length) {
  // NOLINTNEXTLINE: bytes are bytes
  (*static_cast<const Sink*>(sink))({reinterpret_cast<const char*>(data), length});
  return CAIRO_STATUS_SUCCESS;
}

class Canvas {
 public:
  Canvas(const DrawFunctions& all, cairo_surface_t* surface)
      : call_(all), surface_(surface), context_(all.begin(surface)) {}
  ~Canvas() {
    call_.end(context_);
    call_.destroy(surface_);
  }
  Canvas(const Canvas&) = delete;
  Canvas& operator=(const Canvas&) = delete;

  [[nodiscard]] cairo_surface_t* surface() const { return surface_; }
  [[nodiscard]] cairo_t* context() const { return context_; }

  [[nodiscard]] Result<void> draw(const SvgPage& page) {
    GError* error = nullptr;
    // NOLINTNEXTLINE: bytes are bytes
    const auto* const data = reinterpret_cast<const guint8*>(page.text.data());
    RsvgHandle* const handle = call_.read(data, page.text.size(), &error);
    const RsvgRectangle all{0, 0, page.width, page.height};
    const bool drawn = handle != nullptr && call_.render(handle, context_, &all, &error) != 0;
    std::string why = error != nullptr ? error->message : "";
    if (error != nullptr) call_.free_error(error);
    if (handle != nullptr) call_.unref(handle);
    return drawn ? check(call_.status(context_))
                 : fail(Errc::io, fmt::format("librsvg cannot draw the picture: {}", why),
                        "write it as SVG, and tell who makes this program");
  }

  [[nodiscard]] Result<void> check(cairo_status_t status) const {
    if (status == CAIRO_STATUS_SUCCESS) return {};
    return fail(Errc::io, fmt::format("cairo cannot draw the picture: {}", call_.words(status)),
                "ask for a smaller one");
  }

 private:
  const DrawFunctions& call_;
  cairo_surface_t* surface_;
  cairo_t* context_;
};

}  // namespace

Result<void> png_pictures(const Report& report, const PictureOptions& options, const Sink& sink) {
  const auto page = svg_page(report, options);
  if (!page) return std::unexpected(page.error());
  const auto call = draw_functions();
  if (!call) return std::unexpected(call.error());
  Canvas canvas(*call, call->image(CAIRO_FORMAT_RGB24, static_cast<int>(page->width + 0.5),
                                   static_cast<int>(page->height + 0.5)));
  if (auto ok = canvas.check(call->surface_status(canvas.surface())); !ok) return ok;
  if (auto ok = canvas.draw(*page); !ok) return ok;
  Sink taker = sink;
  return canvas.check(call->write_png(canvas.surface(), take_bytes, &taker));
}

Result<void> pdf_pictures(const Report& report, const PictureOptions& options, const Sink& sink) {
  const auto pages = svg_pages(report, options);
  if (!pages) return std::unexpected(pages.error());
  const auto call = draw_functions();
  if (!call) return std::unexpected(call.error());
  constexpr double kPoint = 72.0 / 96;  // of a unit
  Sink taker = sink;
  Canvas canvas(*call, call->pdf(take_bytes, &taker, 1, 1));
  if (auto ok = canvas.check(call->surface_status(canvas.surface())); !ok) return ok;
  const Language language = report.language();
  const std::string title = fmt::format("{}: {}", translate(language, "Chronicle report"),
                                        in_words(report.vantage(), language));
  call->set_metadata(canvas.surface(), CAIRO_PDF_METADATA_TITLE, title.c_str());
  // The same question gives the same bytes, whenever it is asked.
  const std::string made = to_string(report.vantage().as_of) + "T00:00:00Z";
  call->set_metadata(canvas.surface(), CAIRO_PDF_METADATA_CREATE_DATE, made.c_str());
  call->scale(canvas.context(), kPoint, kPoint);
  for (const SvgPage& page : *pages) {
    call->set_size(canvas.surface(), page.width * kPoint, page.height * kPoint);
    if (auto ok = canvas.draw(page); !ok) return ok;
    call->show_page(canvas.context());
  }
  call->finish(canvas.surface());
  return canvas.check(call->surface_status(canvas.surface()));
}

Result<void> png_report(const Report& report, const Sink& sink) {
  return png_pictures(report, {}, sink);
}

Result<void> png_marks(const Report& report, const Sink& sink) {
  return png_pictures(report, {.only = Pictures::timeline}, sink);
}

Result<void> pdf_report(const Report& report, const Sink& sink) {
  return pdf_pictures(report, {}, sink);
}

Result<void> pdf_marks(const Report& report, const Sink& sink) {
  return pdf_pictures(report, {.only = Pictures::timeline}, sink);
}

}  // namespace solnoma
