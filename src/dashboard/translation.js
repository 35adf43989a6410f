// A browser's translation puts an element in the place of each text. Streamlit's page (React)
// keeps the text that it made, changes that, and nobody sees it; or it takes it away from where it
// is no longer, and the page stops. So the text goes back to its place before the page touches it,
// and the browser translates it anew.
(() => {
    "use strict";
    if (window.translationMended) { return; }
    window.translationMended = true;
    const replacement = new WeakMap();
    const isText = (node) => node.nodeType === Node.TEXT_NODE;

    /** Notes for each text, and each thing put in its place, what took that place. */
    function note(records) {
        for (const { addedNodes, removedNodes, previousSibling, nextSibling } of records) {
            for (const gone of removedNodes) {
                if (!isText(gone) && gone.nodeName !== "FONT") { continue; }
                const near = [...addedNodes, previousSibling, nextSibling];
                const taker = near.find((node) => node && node.nodeName === "FONT")
                    || (isText(gone) ? null : [...addedNodes].find(isText));
                if (taker && taker !== gone) { replacement.set(gone, taker); }
            }
        }
    }

    const observer = new MutationObserver(note);
    observer.observe(document, { subtree: true, childList: true });

    /** Returns what stands in a text's place on the page: itself, if it was not replaced. */
    function standIn(text) {
        let node = text;
        for (let steps = 0; node && !node.parentNode && steps !== 20; steps += 1) {
            node = replacement.get(node);
        }
        while (node && node.parentNode && node.parentNode.nodeName === "FONT") {
            node = node.parentNode;
        }
        return node && node.parentNode ? node : null;
    }

    function putBack(text) {
        if (!text || !isText(text)) { return; }
        note(observer.takeRecords());
        const there = standIn(text);
        if (there && there !== text) { there.replaceWith(text); }
    }

    const { insertBefore, removeChild } = Node.prototype;
    Node.prototype.insertBefore = function (child, before) {
        if (before && before.parentNode !== this) { putBack(before); }
        const place = before && before.parentNode === this ? before : null;
        return insertBefore.call(this, child, place);
    };
    Node.prototype.removeChild = function (child) {
        if (child.parentNode !== this) { putBack(child); }
        return child.parentNode === this ? removeChild.call(this, child) : child;
    };
    const value = Object.getOwnPropertyDescriptor(Node.prototype, "nodeValue");
    Object.defineProperty(Node.prototype, "nodeValue", {
        ...value,
        set(words) {
            putBack(this);
            value.set.call(this, words);
        },
    });
})();
