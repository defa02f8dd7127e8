/* A page or section that is called just as one asks comes first; the paper's statements before all. */
var Scorer = {
  score: ([docname, title, anchor, descr, score]) => {
    const plain = (text) => text.toLowerCase().replace(/[^a-z0-9]+/g, " ").trim();
    const asked = plain(new URLSearchParams(window.location.search).get("q") || "");
    if (plain(title.split(" > ").pop()) !== asked) return score;
    return score + (docname === "generated/verdicts" ? 200 : 100);
  },
  // As Sphinx has them.
  objNameMatch: 11, objPartialMatch: 6, objPrio: { 0: 15, 1: 5, 2: -5 }, objPrioDefault: 0,
  title: 15, partialTitle: 7, term: 5, partialTerm: 2,
};
