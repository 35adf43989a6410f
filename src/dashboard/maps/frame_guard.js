// The frame that the map stands in runs what it is told by a message. It hears the page around it
// alone: no other window, no page of another site, and nothing when it is opened by itself.
// Loaded before the frame's own script, so that this listener is asked first.
window.addEventListener("message", (event) => {
    "use strict";
    const fromPage = window.parent !== window && event.source === window.parent
        && event.origin === window.location.origin;
    if (!fromPage) { event.stopImmediatePropagation(); }
}, true);
