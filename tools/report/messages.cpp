#include "tools/report/messages.hpp"

#include <algorithm>
#include <array>

namespace solnoma {
namespace {

struct Message {
  std::string_view en, ru, uz;
};

constexpr auto kMessages = std::to_array<Message>({
    // Statuses
    {"unrecorded", "нет сведений", "maʼlumot yoʻq"},
    {"announced", "объявлен", "eʼlon qilingan"},
    {"agreed", "согласован", "kelishilgan"},
    {"under-construction", "строится", "qurilmoqda"},
    {"completed", "построен", "qurib bitkazilgan"},
    {"operating", "работает", "ishlamoqda"},
    {"suspended", "приостановлен", "toʻxtatib turilgan"},
    {"cancelled", "отменён", "bekor qilingan"},
    {"retired", "выведен из работы", "faoliyati tugatilgan"},
    // Event types
    {"described", "описание", "tavsif"},
    {"agreement-signed", "подписано соглашение", "kelishuv imzolandi"},
    {"construction-started", "начато строительство", "qurilish boshlandi"},
    {"building-completed", "построены корпуса", "binolar qurib bitkazildi"},
    {"utilities-connected", "подведены коммуникации", "kommunikatsiyalar ulandi"},
    {"landscaped", "благоустройство", "obodonlashtirish"},
    {"construction-completed", "строительство завершено", "qurilish yakunlandi"},
    {"production-started", "начато производство", "ishlab chiqarish boshlandi"},
    {"opened", "открытие", "ochilish"},
    {"resumed", "возобновление", "qayta tiklanish"},
    {"reinstated", "восстановление", "qaytadan ochilish"},
    {"residents-reported", "сведения о резидентах", "rezidentlar haqida maʼlumot"},
    {"investment-reported", "сведения об инвестициях", "investitsiyalar haqida maʼlumot"},
    {"operator-engaged", "привлечён оператор", "operator jalb etildi"},
    {"meeting-held", "встреча", "uchrashuv"},
    {"visited", "визит", "tashrif"},
    {"exhibition-held", "выставка", "koʻrgazma"},
    {"indicator-reported", "показатель", "koʻrsatkich"},
    {"retracted", "отзыв сведений", "maʼlumotni qaytarib olish"},
    // Plans
    {"pending", "ожидается", "kutilmoqda"},
    {"met", "выполнен", "bajarildi"},
    {"overdue", "просрочен", "muddati oʻtgan"},
    {"dropped", "снят", "bekor boʻldi"},
    {"plan", "план", "reja"},
    {"no date", "без срока", "muddatsiz"},
    // Bounds of quantities
    {"more than", "более", "koʻproq"},
    {"slightly more than", "чуть более", "biroz koʻproq"},
    {"less than", "менее", "kamroq"},
    {"about", "около", "taxminan"},
    // Measures and units of the shipped history; others are shown as they were recorded
    {"residents", "резиденты", "rezidentlar"},
    {"companies", "компаний", "kompaniya"},
    {"investment", "инвестиции", "investitsiyalar"},
    {"foreign-direct-investment", "прямые иностранные инвестиции",
     "toʻgʻridan-toʻgʻri xorijiy investitsiyalar"},
    {"USD", "долл. США", "AQSh dollari"},
    {"buildings", "корпуса", "binolar"},
    {"turnover", "товарооборот", "tovar ayirboshlash"},
    {"turnover-change", "изменение товарооборота", "tovar ayirboshlash oʻzgarishi"},
    {"percent", "%", "%"},
    {"trading-partner-rank", "место среди торговых партнёров", "savdo hamkorlari orasidagi oʻrin"},
    {"rank", "место", "oʻrin"},
    {"participants", "участники", "ishtirokchilar"},
    {"countries", "страны", "mamlakatlar"},
    {"agreements", "соглашения", "kelishuvlar"},
    {"projects", "проекты", "loyihalar"},
    // Headings
    {"Chronicle report", "Отчёт хроники", "Solnoma hisoboti"},
    {"Board", "Сводка", "Umumiy jadval"},
    {"Subject", "Объект", "Obyekt"},
    {"Status", "Статус", "Holat"},
    {"Since", "С какого времени", "Qachondan"},
    {"Name", "Название", "Nomi"},
    {"Region", "Регион", "Hudud"},
    {"Partner", "Партнёр", "Hamkor"},
    {"Sectors", "Отрасли", "Tarmoqlar"},
    {"Figures", "Показатели", "Koʻrsatkichlar"},
    {"Plans", "Планы", "Rejalar"},
    {"Timeline", "Хронология", "Xronologiya"},
    {"When", "Когда", "Qachon"},
    {"What", "Событие", "Voqea"},
    {"Source", "Источник", "Manba"},
    {"Sources", "Источники", "Manbalar"},
    {"Relations and programmes", "Отношения и программы", "Aloqalar va dasturlar"},
    // Phrases
    {"since", "с", "boshlab:"},
    {"possibly", "возможно", "ehtimol"},
    {"certain", "точно", "aniq"},
    {"by", "не позднее", "kechi bilan"},
    {"known", "известно с", "maʼlum boʻlgan sana"},
    {"as of", "по состоянию на", "holat sanasi"},
    {"known by", "по сведениям на", "maʼlumotlar sanasi"},
    {"all that is known", "по всем сведениям", "barcha maʼlumotlar boʻyicha"},
    {"log position", "позиция журнала", "jurnal oʻrni"},
    {"nothing recorded is visible from here", "отсюда ничего не видно",
     "bu yerdan hech narsa koʻrinmaydi"},
    {"days", "дн.", "kun"},
    {"baseline", "исходный", "dastlabki"},
});

}  // namespace

std::string_view translate(Language language, std::string_view english) {
  if (language == Language::en) return english;
  const auto found = std::ranges::find(kMessages, english, &Message::en);
  if (found == kMessages.end()) return english;
  return language == Language::ru ? found->ru : found->uz;
}

bool is_translated(std::string_view english) {
  const auto found = std::ranges::find(kMessages, english, &Message::en);
  return found != kMessages.end() && !found->ru.empty() && !found->uz.empty();
}

}  // namespace solnoma
