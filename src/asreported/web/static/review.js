// One key each: the buttons and links that name it in data-key; f leads to the field that is wrong.
(() => {
  addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest?.("input, select, textarea")) return;
    const target = document.querySelector(`[data-key="${CSS.escape(event.key)}"]`);
    if (!target) return;
    event.preventDefault();
    if (target.matches("select")) target.focus();
    else target.click();
  });
})();
