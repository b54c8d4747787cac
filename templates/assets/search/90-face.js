globalThis.workreportSearch = {
  start, add, hear, search, finds, spansInText, parts, sections, entries, said, fold, amounts, amountsOf, soundsOf, spansOf, textWord,
  decodedList: decoded, openCollection, ask, more, countedHits, typedWords, isCollection, wordsFrom, hearAll, isAnywhere, sameSections, moreTogether, promisesOf, promisesInCollection, sectionsLookedThrough, partsWith, ways, settled, wordsOf, reports,
};
