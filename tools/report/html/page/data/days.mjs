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

/** A date as somebody types it: "2022" and "2022-03" mean their last day. Null: no date. */
export function typedDay(text) {
  const parts = /^(-?\d{4})(?:-(\d\d)(?:-(\d\d))?)?$/.exec(text.trim());
  if (!parts) return null;
  const year = +parts[1];
  const month = parts[2] ? +parts[2] : 12;
  if (month < 1 || month > 12) return null;
  const last = civil(fromCivil(month === 12 ? year + 1 : year, (month % 12) + 1, 1) - 1).day;
  const day = parts[3] ? +parts[3] : last;
  return day >= 1 && day <= last ? fromCivil(year, month, day) : null;
}

/** Today where the reader is. Drawn, never written into the file. */
export function today() {
  const now = new Date();
  return fromCivil(now.getFullYear(), now.getMonth() + 1, now.getDate());
}
