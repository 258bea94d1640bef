// On a narrow screen the filters begin folded; without this they stand open.
(() => {
  const filters = document.querySelector("details.filters");
  const narrow = matchMedia("(max-width: 53.99rem)");
  const fold = () => filters && (filters.open = !narrow.matches);
  narrow.addEventListener("change", fold);
  fold();
})();
