// Moves each card beside its words. Without it the cards stand beside the paragraph that their words begin in.
(() => {
  const column = document.querySelector(".cards");
  const cards = [...document.querySelectorAll(".card")];
  const wide = matchMedia("screen and (min-width: 54rem)");
  const gap = 10;
  const words = (card) => document.getElementById(card.dataset.words);

  function stack() {
    const top = column.getBoundingClientRect().top;
    const wanted = cards.map((card) => {
      const rects = words(card)?.getClientRects();
      return rects?.length ? Math.max(0, rects[0].top - top - 6) : 0;
    });
    const heights = cards.map((card) => card.offsetHeight);
    const tops = [];
    let free = 0;
    for (let n = 0; n < cards.length; n++) {
      tops[n] = Math.max(wanted[n], free);
      free = tops[n] + heights[n] + gap;
    }
    return { wanted, heights, tops, end: free };
  }

  function place() {
    column.classList.toggle("aligned", wide.matches);
    column.classList.remove("tight");
    column.style.minHeight = "";
    for (const card of cards) card.style.top = "";
    if (!wide.matches || !cards.length) return;
    let { wanted, heights, tops, end } = stack();
    if (end > document.getElementById("text").offsetHeight) {
      column.classList.add("tight");
      ({ wanted, heights, tops } = stack());
    }
    const chosen = cards.findIndex((card) => card.matches(":target"));
    if (chosen > 0 && tops[chosen] > wanted[chosen]) {
      const raised = [...tops];
      raised[chosen] = wanted[chosen];
      for (let n = chosen - 1; n >= 0; n--) raised[n] = Math.min(raised[n], raised[n + 1] - heights[n] - gap);
      for (let n = chosen + 1; n < cards.length; n++)
        raised[n] = Math.max(wanted[n], raised[n - 1] + heights[n - 1] + gap);
      if (raised[0] >= 0) tops.splice(0, tops.length, ...raised);
    }
    cards.forEach((card, n) => (card.style.top = `${tops[n]}px`));
    const last = cards.length - 1;
    column.style.minHeight = `${tops[last] + heights[last]}px`;
  }

  function light(event) {
    const at = event.target.closest?.("[data-s]");
    for (const lit of document.querySelectorAll(".on")) lit.classList.remove("on");
    if (event.type === "pointerleave" || !at) return;
    for (const part of document.querySelectorAll(`[data-s="${at.dataset.s}"]`)) part.classList.add("on");
  }

  let waiting = 0;
  const soon = () => {
    cancelAnimationFrame(waiting);
    waiting = requestAnimationFrame(place);
  };
  addEventListener("resize", soon);
  addEventListener("load", soon);
  addEventListener("hashchange", () => {
    place();
    document.querySelector(".card:target")?.scrollIntoView({ block: "nearest" });
  });
  document.addEventListener("pointerover", light);
  document.addEventListener("focusin", light);
  document.documentElement.addEventListener("pointerleave", light);
  place();
})();
