// What Streamlit leaves to the browser: its own words in the reader's language, the language of the page,
// and the way to the sentence that an address points at. The words come from the wording files, by #tl-frame.
(() => {
  "use strict";
  if (window.telaahFrame) return;
  window.telaahFrame = true;

  const ATTRIBUTES = ["aria-label", "placeholder", "title", "alt", "aria-description", "aria-roledescription"];
  const OTHERS = '[data-testid="stMarkdownContainer"], .stHtml, script, style, textarea';
  const YET_FRAME = '[data-testid="stFileUploaderDropzone"], [data-testid="stInputInstructions"]';
  const written = new WeakMap(); // node -> what was written over what
  let exact = new Map();
  let patterns = [];
  let given = "";

  const said = (text) => {
    const bare = text.trim();
    if (!bare) return text;
    const found = exact.get(bare);
    if (found !== undefined) return text.replace(bare, () => found);
    for (const [pattern, into] of patterns) {
      const match = pattern.exec(bare);
      if (match) return text.replace(bare, () => into.replace(/\{(\w+)\}/g, (_, name) => said(match.groups[name])));
    }
    return text;
  };

  // The text as Streamlit wrote it: what stands there now, unless it is what we put there.
  const source = (key, now, node) => {
    const mine = written.get(node)?.[key];
    return mine && mine.now === now ? mine.was : now;
  };

  const put = (key, node, now, write) => {
    const was = source(key, now, node);
    const wanted = said(was);
    written.set(node, { ...written.get(node), [key]: { was, now: wanted } });
    if (wanted !== now) write(wanted);
  };

  const translate = (root) => {
    if (root.nodeType === Node.TEXT_NODE) {
      const place = root.parentElement;
      if (place && (!place.closest(OTHERS) || place.closest(YET_FRAME))) put("text", root, root.nodeValue, (text) => (root.nodeValue = text));
      return;
    }
    if (root.nodeType !== Node.ELEMENT_NODE) return;
    const texts = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
    while (texts.nextNode()) translate(texts.currentNode);
    for (const name of ATTRIBUTES) {
      const elements = root.hasAttribute(name) ? [root] : [];
      for (const element of [...elements, ...root.querySelectorAll(`[${name}]`)])
        put(name, element, element.getAttribute(name), (text) => element.setAttribute(name, text));
    }
  };

  const escaped = (text) => text.replace(/[.*+?^$()|[\]\\]/g, "\\$&");

  // Takes the words of the language when they change, and says whether they did.
  const take = () => {
    const frame = document.getElementById("tl-frame");
    if (!frame || frame.dataset.words === given) return false;
    given = frame.dataset.words;
    exact = new Map();
    patterns = [];
    for (const [english, word] of JSON.parse(given)) {
      if (english.includes("{"))
        patterns.push([new RegExp(`^${escaped(english).replace(/\{(\w+)\}/g, "(?<$1>.+?)")}$`), word]);
      else exact.set(english, word);
    }
    document.documentElement.lang = frame.dataset.lang;
    return true;
  };

  // Roles of Streamlit's that contradict themselves, and pictures beside which the same stands in words.
  const MENDED = {
    '[data-testid="stFileUploaderDropzone"][role="presentation"]': ["role", "group"],
    // a chart's own element says in words what it shows, and its table stands beneath it
    '[data-testid="stVegaLiteChart"] svg.marks:not([aria-hidden])': ["aria-hidden", "true"],
    '[data-testid="stMetricChart"] svg:not([aria-hidden])': ["aria-hidden", "true"],
    '[role="img"][translate="no"][aria-label$=" icon"]:not([aria-hidden])': ["aria-hidden", "true"],
  };
  const mend = () => {
    for (const [selector, [name, value]] of Object.entries(MENDED))
      document.querySelectorAll(selector).forEach((element) => element.setAttribute(name, value));
  };

  let pointed = "";
  const goToSentence = () => {
    const here = document.querySelector(".tl-here");
    if (!here) pointed = "";
    else if (pointed !== location.search) {
      pointed = location.search;
      setTimeout(() => document.querySelector(".tl-here")?.scrollIntoView({ block: "center" }), 300);
    }
  };

  const seen = (changes) => {
    if (take()) translate(document.body);
    else if (exact.size || patterns.length)
      for (const change of changes) {
        if (change.type === "childList") change.addedNodes.forEach(translate);
        else if (change.type === "characterData") translate(change.target);
        else put(change.attributeName, change.target, change.target.getAttribute(change.attributeName) ?? "", (text) =>
          change.target.setAttribute(change.attributeName, text));
      }
    mend();
    goToSentence();
  };

  new MutationObserver(seen).observe(document.body, {
    subtree: true, childList: true, characterData: true, attributes: true, attributeFilter: [...ATTRIBUTES, "data-words"],
  });
  seen([]);
})();
