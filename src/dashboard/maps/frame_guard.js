// The map's frame runs scripts that it gets by message. This drops messages that are not from the
// page around it: from other windows, other sites, or when the frame is opened by itself.
// Loaded before the frame's own script, so that this listener is called first.
window.addEventListener("message", (event) => {
    "use strict";
    const fromPage = window.parent !== window && event.source === window.parent
        && event.origin === window.location.origin;
    if (!fromPage) { event.stopImmediatePropagation(); }
}, true);
