#include "tools/report/messages.hpp"

#include <fmt/format.h>

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
    {"more than {}", "более {}", "{} dan ortiq"},
    {"slightly more than {}", "чуть более {}", "{} dan biroz ortiq"},
    {"less than {}", "менее {}", "{} dan kam"},
    {"about {}", "около {}", "taxminan {}"},
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
    {"Timeline", "Хронология", "Xronologiya"},
    {"When", "Когда", "Qachon"},
    {"What", "Событие", "Voqea"},
    {"Source", "Источник", "Manba"},
    {"Sources", "Источники", "Manbalar"},
    {"Relations and programmes", "Отношения и программы", "Aloqalar va dasturlar"},
    // Phrases
    {"possibly {}", "возможно {}", "ehtimol {}"},
    {"possibly", "возможно", "ehtimol"},
    {"certain", "точно", "aniq"},
    {"since", "с какого времени", "qachondan"},
    {"by {}", "не позднее {}", "{} dan kechikmay"},
    {"known {}", "известно с {}", "{} dan maʼlum"},
    {"as of {}", "по состоянию на {}", "{} holatiga koʻra"},
    {"known by {}", "по сведениям на {}", "{} gacha maʼlum boʻlgani boʻyicha"},
    {"all that is known", "по всем сведениям", "barcha maʼlumotlar boʻyicha"},
    {"log position {}", "позиция журнала {}", "jurnalning {}-oʻrni"},
    {"nothing recorded is visible from here", "отсюда ничего не видно",
     "bu yerdan hech narsa koʻrinmaydi"},
    {"{} days", "{} дн.", "{} kun"},
    {"no marks", "вех нет", "bosqichlar yoʻq"},
    // Explanations
    {"rule: {}", "правило: {}", "qoida: {}"},
    {"nothing-recorded", "ничего не записано", "hech narsa yozilmagan"},
    {"milestone", "веха", "bosqich"},
    {"what decided", "что решило", "nima hal qildi"},
    {"what may have happened by then", "что могло уже произойти",
     "shu paytgacha yuz bergan boʻlishi mumkin"},
    {"what made no difference", "что ничего не изменило", "hech narsani oʻzgartirmagan"},
    {"what has no effect on a status", "что не влияет на статус", "holatga taʼsir qilmaydi"},
    {"superseded", "заменено", "almashtirilgan"},
    {"superseded by {}", "заменено: {}", "almashtirgan: {}"},
    {"not yet happened", "ещё не произошло", "hali yuz bermagan"},
    {"not yet known", "ещё не известно", "hali maʼlum emas"},
    {"not yet recorded", "ещё не записано", "hali yozilmagan"},
    {"inference: no news for more than two years, since {}",
     "вывод: более двух лет нет новостей, последние {}",
     "xulosa: ikki yildan ortiq yangilik yoʻq, oxirgisi {}"},
    // Differences
    {"no difference", "различий нет", "farq yoʻq"},
    {"became known on {}", "стало известно {}", "{} da maʼlum boʻldi"},
    {"was recorded", "записано", "yozildi"},
    {"happened", "произошло", "yuz berdi"},
    {"was corrected", "исправлено", "tuzatildi"},
    {"counts again", "снова учитывается", "yana hisobga olinadi"},
    {"not known yet", "ещё не было известно", "hali maʼlum emas edi"},
    {"had not happened yet", "ещё не произошло", "hali yuz bermagan edi"},
});

}  // namespace

std::string_view translate(Language language, std::string_view english) {
  if (language == Language::en) return english;
  const auto found = std::ranges::find(kMessages, english, &Message::en);
  if (found == kMessages.end()) return english;
  return language == Language::ru ? found->ru : found->uz;
}

std::string translate(Language language, std::string_view pattern, std::string_view value) {
  return fmt::format(fmt::runtime(translate(language, pattern)), value);
}

bool is_translated(std::string_view english) {
  const auto found = std::ranges::find(kMessages, english, &Message::en);
  return found != kMessages.end() && !found->ru.empty() && !found->uz.empty();
}

}  // namespace solnoma
