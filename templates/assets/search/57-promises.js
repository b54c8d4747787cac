/* Knows queries that ask for what a report promises (明年目标, 今年任务, 2026年重点工作), and the pages that list it. Leaves the sentences in
   which these words stand to query. */

const PROMISED = /^(?:(?:今年|明年|来年|本年|新一年|下一?年|((?:19|20)\d\d)年?)的?(?:主要|重点|工作|预期|发展)*(?:目标|任务|承诺|安排|打算|实事|工作)|(?:承诺|目标|任务)清单)$/;
/* The most reports that are named, and of a collection the most that are looked at for it. */
const MOST_LISTS = 3, MOST_LOOKED_AT = 6;

/* The reports that are asked for what they promise, the newest first; none for any other query. `asked` has the words and the filter
   of a query. */
function askedForPromises({ words, filter }) {
  const found = words.every(({ kind }) => kind === "text") && PROMISED.exec(words.map(({ folded }) => folded).join(""));
  if (!found) return [];
  const fits = (report) => (!found[1] || !report.year || report.year === Number(found[1])) && (!filter || !filter.report || filter.report(report));
  return reports.filter(fits).sort((a, b) => b.year - a.year);
}
/* Those of a whole index that have a page for it. */
function promisesOf(asked) {
  return askedForPromises(asked).filter(({ promises }) => promises).slice(0, MOST_LISTS);
}
/* The same of a collection, where the first part of a report says so. */
async function promisesInCollection(asked) {
  const found = [];
  for (const report of askedForPromises(asked).filter(({ parts: count }) => count).slice(0, MOST_LOOKED_AT)) {
    if (found.length === MOST_LISTS) break;
    await readPart(report.first);
    if (report.promises) found.push(report);
  }
  return found;
}
