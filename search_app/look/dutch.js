// Puts Dutch words for Streamlit's English ones, after each change of the page and at most once a frame.
export default function ({ data }) {
  document.documentElement.lang = "nl";
  const mend = () => {
    const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    while (walk.nextNode()) {
      const node = walk.currentNode, text = node.nodeValue.trim();
      if (Object.hasOwn(data.words, text)) node.nodeValue = data.words[text];
      else if (/^\d+\s?MB per file/.test(text)) node.nodeValue = text.replace(/^(\d+)\s?MB per file.*/, "Tot $1 MB per bestand");
      else if (text && node.parentElement.closest('[data-testid="stFileUploaderDropzoneInstructions"]') && !text.startsWith("Tot ")) node.nodeValue = "";
      else if (/^\d+ options? available\.$/.test(text)) node.nodeValue = text.replace(/^(\d+) .*/, "$1 keuzes");
      else if (/^Press .*Enter to /.test(text)) node.nodeValue = text.replace(/^Press (.*Enter) to .*/, "Druk op $1");
      else if (/^Add: /.test(text) && node.parentElement.closest('[role="option"], [role="listbox"]')) node.nodeValue = text.replace("Add:", "Voeg toe:");
      else if (/ file is not allowed\.$|files are not allowed\.$/.test(text)) node.nodeValue = "Dit soort bestand kan Kluwen niet lezen.";
      else if (/^File must be .* or smaller\.$/.test(text)) node.nodeValue = "Dit bestand is te groot.";
    }
    for (const name of ["aria-label", "alt", "title"])
      for (const element of document.querySelectorAll(`[${name}]`)) {
        const now = element.getAttribute(name), to = Object.hasOwn(data.names, now) ? data.names[now] : now.startsWith("Remove ") ? now.replace("Remove ", "Haal weg: ") : null;
        if (to) element.setAttribute(name, to);
      }
  };
  mend();
  let due = 0;
  const watch = new MutationObserver(() => { due ||= requestAnimationFrame(() => { due = 0; mend(); }); });
  watch.observe(document.body, { childList: true, subtree: true });
  return () => watch.disconnect();
}
