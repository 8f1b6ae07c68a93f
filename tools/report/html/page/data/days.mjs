// Days as whole numbers since 1970-01-01, in the proleptic Gregorian calendar.

const known = new Map();

function fromCivil(year, month, day) {
  const y = month <= 2 ? year - 1 : year;
  const era = Math.floor(y / 400);
  const yearOfEra = y - era * 400;
  const dayOfYear = Math.floor((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5) + day - 1;
  const dayOfEra =
    yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear;
  return era * 146097 + dayOfEra - 719468;
}

export function dayOf(year, month, day) {
  return fromCivil(year, month, day);
}

export function civil(day) {
  const z = day + 719468;
  const era = Math.floor(z / 146097);
  const doe = z - era * 146097;
  const yoe = Math.floor(
    (doe - Math.floor(doe / 1460) + Math.floor(doe / 36524) - Math.floor(doe / 146096)) / 365,
  );
  const doy = doe - (365 * yoe + Math.floor(yoe / 4) - Math.floor(yoe / 100));
  const mp = Math.floor((5 * doy + 2) / 153);
  const month = mp < 10 ? mp + 3 : mp - 9;
  return {
    year: yoe + era * 400 + (month <= 2 ? 1 : 0),
    month,
    day: doy - Math.floor((153 * mp + 2) / 5) + 1,
  };
}

/** "2025-11-12" as a day; null (open) as `open`. The same few days come again and again. */
export function parseDay(iso, open = null) {
  if (iso === null || iso === undefined) return open;
  let day = known.get(iso);
  if (day === undefined) {
    const parts = /^(-?\d{4,})-(\d\d)-(\d\d)$/.exec(iso);
    day = parts ? fromCivil(+parts[1], +parts[2], +parts[3]) : NaN;
    known.set(iso, day);
  }
  return day;
}

export function isoDay(day) {
  const { year, month, day: d } = civil(day);
  const sign = year < 0 ? "-" : "";
  const two = (n) => String(n).padStart(2, "0");
  return `${sign}${String(Math.abs(year)).padStart(4, "0")}-${two(month)}-${two(d)}`;
}

/** The year, month and day of a date as somebody types it; what is not said is undefined. */
function typedParts(text, monthOf) {
  const iso = /^(-?\d{4})(?:-(\d\d?)(?:-(\d\d?))?)?$/.exec(text);
  if (iso) return iso.slice(1);
  const dotted = /^(?:(\d\d?)\.)?(\d\d?)\.(\d{4})$/.exec(text.replace(/[\s/]*(г|г\.|года|y|yil)\.?$/i, ""));
  if (dotted) return [dotted[3], dotted[2], dotted[1]];
  // In words, in any order: "31 декабря 2025 года", "2025-yil 12-noyabr", "March 2022".
  const words = text.split(/[\s,.\u2013-]+/).filter(Boolean);
  const months = words.map((word) => (/^\D+$/.test(word) ? monthOf(word) : 0)).filter(Boolean);
  const years = words.filter((word) => /^\d{4}$/.test(word));
  const days = words.map((word) => /^(\d\d?)(?:st|nd|rd|th)?$/.exec(word)?.[1]).filter(Boolean);
  const rest = words.length - months.length - years.length - days.length;
  const fillers = words.filter((word) => /^(г|года|год|year|yil|of|the)$/i.test(word)).length;
  if (months.length !== 1 || years.length !== 1 || days.length > 1 || rest !== fillers) return null;
  return [years[0], months[0], days[0]];
}

/**
 * A date as somebody types it: "2022-03-15", "15.03.2022", or in words, where monthOf(word) gives
 * the number of a month, else 0. A year and a month mean their last day. Null: no date.
 */
export function typedDay(text, monthOf = () => 0) {
  const parts = typedParts(text.trim(), monthOf);
  if (!parts) return null;
  const year = +parts[0];
  const month = parts[1] ? +parts[1] : 12;
  if (month < 1 || month > 12) return null;
  const last = civil(fromCivil(month === 12 ? year + 1 : year, (month % 12) + 1, 1) - 1).day;
  const day = parts[2] ? +parts[2] : last;
  return day >= 1 && day <= last ? fromCivil(year, month, day) : null;
}

/** Today where the reader is. Drawn, never written into the file. */
export function today() {
  const now = new Date();
  return fromCivil(now.getFullYear(), now.getMonth() + 1, now.getDate());
}
