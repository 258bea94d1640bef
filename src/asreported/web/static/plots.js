// Draws the plots of a page from the specifications that stand in it. Without this, or where it fails, the tables say the same.
(() => {
  const loader = vega.loader();
  loader.load = () => Promise.reject(new Error("a plot loads nothing"));
  for (const script of document.querySelectorAll('script[type="application/json"][data-plot]')) {
    const box = document.getElementById(script.dataset.plot);
    try {
      draw(box, JSON.parse(script.textContent));
    } catch (error) {
      box.remove();
      console.error(error);
    }
  }

  function draw(box, spec) {
    const font = getComputedStyle(box).fontFamily;
    const measure = () => Math.min(box.clientWidth, spec.usermeta.widest);
    const lite = spec.$schema.includes("/vega-lite/");
    spec.width = measure();
    const made = lite ? vegaLite.compile(spec, { config: { font } }).spec : spec;
    silence(made);
    const view = new vega.View(vega.parse(made, lite ? {} : { text: { font } }, { ast: true }), {
      expr: vega.expressionInterpreter, // evaluates without eval, which the page's policy forbids
      renderer: "svg",
      loader,
      logLevel: vega.Warn,
    });
    view.tooltip(makeTip(box));
    box.replaceChildren();
    view.initialize(box).run();
    box.dataset.drawn = "";
    new ResizeObserver(() => {
      if (box.clientWidth && view.width() !== measure()) view.width(measure()).run();
    }).observe(box);
  }

  // The whole is one image with a label; its parts say nothing to a screen reader, the table beside it does.
  function silence(part) {
    for (const inner of [...(part.marks ?? []), ...(part.axes ?? [])]) {
      inner.aria = false;
      silence(inner);
    }
  }

  function makeTip(box) {
    const tip = document.createElement("p");
    tip.className = "tip";
    tip.hidden = true;
    box.after(tip);
    return (handler, event, item, value) => {
      tip.hidden = !value;
      if (!value) return;
      tip.textContent = value;
      const [frame, own] = [box.parentElement.getBoundingClientRect(), tip.getBoundingClientRect()];
      const x = Math.min(event.clientX - frame.left + 12, frame.width - own.width);
      tip.style.left = `${Math.max(0, x)}px`;
      tip.style.top = `${event.clientY - frame.top + 18}px`;
    };
  }
})();
