// Dates as people read them. The wire has ISO 8601; one that cannot be read draws as nothing, not as "Invalid Date".

const TIME = new Intl.DateTimeFormat(undefined, { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });
const SECONDS = new Intl.DateTimeFormat(undefined, {
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
  hourCycle: 'h23',
});
const DAY = new Intl.DateTimeFormat('en', { weekday: 'long', day: 'numeric', month: 'long' });
const SHORT_DAY = new Intl.DateTimeFormat('en', { day: 'numeric', month: 'short' });
const FULL = new Intl.DateTimeFormat('en', { dateStyle: 'medium', timeStyle: 'medium', hourCycle: 'h23' });

const DAY_MONTH = { day: 'numeric', month: 'long' };
/** The formats that `[timestamp]` knows by name, as `Intl` writes them. */
const NAMED = {
  SHORT_TIME_FORMAT: { hour: '2-digit', minute: '2-digit' },
  LONG_TIME_FORMAT: { hour: '2-digit', minute: '2-digit', second: '2-digit' },
  SHORT_DATE_FORMAT: { dateStyle: 'short' },
  MEDIUM_DATE_FORMAT: { dateStyle: 'medium' },
  LONG_DATE_FORMAT: { dateStyle: 'long' },
  FULL_DATE_FORMAT: { dateStyle: 'full' },
  DAY_MONTH_FORMAT: DAY_MONTH,
  DAY_SHORT_MONTH_FORMAT: { ...DAY_MONTH, month: 'short' },
  DAY_OF_WEEK_MONTH_FORMAT: { ...DAY_MONTH, weekday: 'long' },
  SHORT_DAY_OF_WEEK_MONTH_FORMAT: { ...DAY_MONTH, weekday: 'short' },
  SHORT_DAY_OF_WEEK_SHORT_MONTH_FORMAT: { weekday: 'short', day: 'numeric', month: 'short' },
  FORMAT_DATE: { dateStyle: 'short' },
};

const dated = (format) => (iso) => {
  const date = new Date(iso);
  return Number.isNaN(date.valueOf()) ? '' : format(date);
};

/** `10:05` */
export const time = dated((date) => TIME.format(date));
/** `10:05:09` */
export const timeWithSeconds = dated((date) => SECONDS.format(date));
/** `22 Nov 2026, 10:05:09` */
export const fullDate = dated((date) => FULL.format(date));
/** A date in the format of this name; one that is not known writes all of it. */
export function namedDate(iso, name) {
  const options = NAMED[String(name ?? '').toUpperCase()];
  if (!options) return fullDate(iso);
  return dated((date) => new Intl.DateTimeFormat('en', { ...options, hourCycle: 'h23' }).format(date))(iso);
}
/** `Today`, `Yesterday` or `Sunday 22 November` */
export const dayName = dated((date) => ({ 0: 'Today', 1: 'Yesterday' })[daysAgo(date)] ?? DAY.format(date));
/** A time for today, a day for anything older: what fits beside a dialog's name. */
export const shortDate = dated((date) => (daysAgo(date) === 0 ? TIME.format(date) : SHORT_DAY.format(date)));

/** Are both dates on one day by the reader's own clock? */
export function isSameDay(one, other) {
  return new Date(one).toDateString() === new Date(other).toDateString();
}

/** Milliseconds between two dates. */
export function apart(one, other) {
  return Math.abs(new Date(one) - new Date(other));
}

function daysAgo(date) {
  const midnight = (of) => new Date(of).setHours(0, 0, 0, 0);
  return Math.round((midnight(Date.now()) - midnight(date)) / 86_400_000);
}
