// Streamlit's page has nothing on it before its websocket brings something. Where a network blocks
// that connection, this says so, what to ask for, and where the files are; the words give way to
// the page once it comes.
(() => {
    "use strict";
    // From the reader's first step here: a page that takes six seconds is slow, not blocked, and
    // after ten nobody looks at grey boxes any more.
    const SHOW_AFTER_MS = 7500, HEALTH_WITHIN_MS = 1500, LOOK_EVERY_MS = 250;
    const WORDS = "connection-help";

    // Not the state of the connection: some networks open it and let nothing through. Before
    // anything came, the state of the script is "initial", and a grey box is the only element.
    function hasContent() {
        const app = document.querySelector('[data-testid="stApp"]');
        return Boolean(app) && app.dataset.testScriptState !== "initial"
            && Boolean(app.querySelector('[data-testid="stElementContainer"]'));
    }

    async function answersRequests() {
        try {
            const signal = AbortSignal.timeout(HEALTH_WITHIN_MS);
            const answer = await fetch("./_stcore/health", {cache: "no-store", signal});
            return answer.status < 500;
        } catch {
            return false;
        }
    }

    function show(isAnswering) {
        const template = document.getElementById(`${WORDS}-words`);
        const words = template.content.firstElementChild.cloneNode(true);
        const stream = new URL("./_stcore/stream", location.href);
        const isSecure = stream.protocol === "https:";
        if (!isSecure) words.querySelector("[data-kind]").textContent = "websocket connections (ws)";
        words.querySelector("[data-stream]").textContent
            = `${isSecure ? "wss" : "ws"}://${stream.host}${stream.pathname}`;
        const unfit = isAnswering ? "[data-when=silent]" : "[data-when=answering]";
        words.querySelectorAll(unfit).forEach((one) => one.remove());
        document.body.prepend(words);
        document.getElementById("root").inert = true;
        // Words that come into an empty region are read out; a region that comes with them may
        // not be.
        requestAnimationFrame(() => { words.querySelector("[role=alert]").hidden = false; });
    }

    function hide() {
        document.getElementById(WORDS).remove();
        document.getElementById("root").inert = false;
    }

    async function look() {
        if (hasContent()) return;
        const isAnswering = await answersRequests();
        if (hasContent()) return;
        show(isAnswering);
        const looking = setInterval(() => {
            if (!hasContent()) return;
            clearInterval(looking);
            hide();
        }, LOOK_EVERY_MS);
    }

    setTimeout(look, Math.max(0, SHOW_AFTER_MS - performance.now()));
})();
