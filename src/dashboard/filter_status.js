// Tells a screen reader what is shown when a filter has changed it on the page one is on.
(() => {
    "use strict";
    if (window.filterStatus) { return; }
    window.filterStatus = true;
    const status = document.body.appendChild(document.createElement("div"));
    status.setAttribute("role", "status");
    status.style.cssText = "position: absolute; width: 1px; height: 1px; overflow: hidden; "
        + "clip-path: inset(50%)";
    let page = "", words = "";
    new MutationObserver(() => {
        const line = document.querySelector(".st-key-page_head strong");
        const heading = document.querySelector(".st-key-page_head h1");
        if (!line || !heading || line.textContent === words) { return; }
        if (heading.textContent === page) { status.textContent = line.textContent; }
        words = line.textContent;
        page = heading.textContent;
    }).observe(document.body, { subtree: true, childList: true, characterData: true });
})();
