/* Knows words of a query that name a place or a year of reports: 湖南 新能源汽车, 生产总值 2026. Such a word says which reports are
   meant, where several are there and other words are left. Leaves the other words to query. */

const LEVELS = "省|市|区|县|州|盟|旗|地区|.{0,9}自治[区州县旗]";

/* The reports that a word names: {label, fits}; null for any other word. */
function scopeOf(word) {
  if (word.kind !== "text" || word.folded.length < 2) return null;
  const year = /^((?:19|20)\d\d)年?$/.exec(word.folded);
  if (year) {
    const fits = (report) => report.year === Number(year[1]);
    return reports.some(fits) ? { label: `${year[1]}年`, fits } : null;
  }
  if (!/^[\u3400-\u9fff]+$/.test(word.folded)) return null;
  const named = new RegExp(`(?:^|[省市区县州盟旗])${word.folded}(?:${LEVELS}|$)`);
  const fits = (report) => named.test(report.folded === undefined ? (report.folded = fold(report.place)) : report.folded);
  return reports.some(fits) ? { label: word.text, fits } : null;
}
/* The words of a query without those that name reports, and the filter with them. `filter.kept`: words that a reader took off
   the filter, so that they are looked for in the text as they are. */
function scoped(words, filter) {
  const several = reports.length > 1;
  const isKept = (word) => Boolean(filter && filter.kept && filter.kept.has(word.text));
  for (const word of words) if (word.also && isKept(word)) word.also = "";
  const all = words.map((word) => [word, several && !isKept(word) && scopeOf(word)]);
  const scopes = all.filter(([, scope]) => scope).map(([word, scope]) => ({ ...scope, text: word.text }));
  if (!scopes.length || scopes.length === words.length) return { words, scopes: [], filter };
  const given = filter && filter.report;
  // 湖南 湖北 means both, 湖南 2026 the reports that are of both.
  const years = scopes.filter(({ label }) => /^\d/.test(label)), places = scopes.filter(({ label }) => !/^\d/.test(label));
  const fits = (list, report) => !list.length || list.some((scope) => scope.fits(report));
  const report = (one) => fits(years, one) && fits(places, one) && (!given || given(one));
  return { words: all.filter(([, scope]) => !scope).map(([word]) => word), scopes, filter: { ...filter, report } };
}
