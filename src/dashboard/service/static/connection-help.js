// Streamlit's page has nothing on it before its websocket answers. Where a network blocks that
// connection, this says so, what to ask for, and where the files are; it goes once the page connects.
(() => {
    "use strict";
    const PATIENCE_MS = 6000, LOOK_EVERY_MS = 500;
    const began = performance.now();
    // Not the state of the connection: some proxies open it and then pass nothing on.
    const connected = () => document.querySelector(
        '[data-testid="stApp"] [data-testid="stElementContainer"]');
    const help = () => document.getElementById("connection-help");
    let everConnected = false;

    function show() {
        const template = document.getElementById("connection-help-words");
        const words = template.content.firstElementChild.cloneNode(true);
        const stream = new URL("./_stcore/stream", document.baseURI);
        stream.protocol = location.protocol === "https:" ? "wss:" : "ws:";
        words.querySelector("[data-stream]").textContent = stream.href;
        document.body.prepend(words);
        // Words that come into an empty region are read out; a region that comes with them may not be.
        requestAnimationFrame(() => { words.querySelector("[role=alert]").hidden = false; });
    }

    setInterval(() => {
        if (connected()) {
            everConnected = true;
            help()?.remove();
        } else if (!everConnected && !help() && performance.now() - began > PATIENCE_MS) {
            show();
        }
    }, LOOK_EVERY_MS);
})();
