// Keeps the figure that an address names in sight until the page around it has come to rest, or the
// reader does something.
(() => {
    "use strict";
    if (window.anchored) { return; }
    window.anchored = true;
    const name = decodeURIComponent(window.location.hash.slice(1));
    if (!name) { return; }
    const show = () => {
        const figure = document.getElementById(name)
            || document.querySelector(`.st-key-${CSS.escape(name)}`);
        if (figure) { figure.scrollIntoView({ block: "start" }); }
    };
    const sizes = new ResizeObserver(show);
    const arrivals = new MutationObserver(() => {
        const page = document.querySelector('[data-testid="stMainBlockContainer"]');
        if (page) {
            arrivals.disconnect();
            sizes.observe(page);
        }
    });
    arrivals.observe(document.body, { subtree: true, childList: true });
    const stop = () => {
        arrivals.disconnect();
        sizes.disconnect();
    };
    for (const kind of ["wheel", "touchstart", "pointerdown", "keydown"]) {
        window.addEventListener(kind, stop, { once: true, passive: true });
    }
})();
