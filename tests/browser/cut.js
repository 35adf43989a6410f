// Returns what a reader would not read whole on the page in which it runs: text beyond an edge
// that hides it, text over other text, and what an input's box has no room for.
() => {
    "use strict";

    // What is meant to scroll: the page, the menu, a list's options, what opens. Only a table
    // may scroll sideways (WCAG 1.4.10).
    const DOWN = [
        '[data-testid="stMain"]', '[data-testid="stSidebarContent"]', '[role="listbox"]',
        '[data-testid="stSelectboxVirtualDropdown"]', '[data-testid="stSelectboxVirtualDropdown"] *',
        '[data-testid="stPopoverBody"]', '.stHtml .wide', "body", "html",
    ].join();
    const SIDEWAYS = '.stHtml .wide, [role="tablist"]';
    // Pixels that a letter may pass an edge by: its box is wider and higher than its ink.
    const SLACK = 1.5;

    // What lies over the page on purpose.
    const LAYERS = [
        '[data-testid="stPopoverBody"]', '[role="listbox"]', '[role="tooltip"]',
        '[data-testid="stHeader"]', '[data-testid="stSidebar"]', ".st-key-menu", ".leaflet-tooltip",
    ].join();

    const seen = (one) => one.checkVisibility({ checkVisibilityCSS: true, checkOpacity: true });
    const parent = (one) => one.parentElement ?? (one.getRootNode().host || null);
    const isSmall = (box) => box.width <= 2 || box.height <= 2;

    /** Returns the boxes of a text's letters: a line is higher than they are. */
    function inks(node) {
        const range = document.createRange();
        range.selectNodeContents(node);
        const size = parseFloat(getComputedStyle(node.parentElement).fontSize);
        return [...range.getClientRects()].filter((box) => box.width > 1).map((box) => {
            const rest = Math.max(0, box.height - Math.min(size, box.height / 1.2)) / 2;
            const { left, right } = box;
            return { left, right, top: box.top + rest, bottom: box.bottom - rest };
        });
    }

    /** Returns the edges that hide what passes them; what scrolls is, from there on, what passes. */
    function edges(element) {
        const found = [];
        let [wide, high] = [null, null];
        for (let one = element; one; one = parent(one)) {
            const look = getComputedStyle(one);
            if (look.display === "inline" && !(one instanceof SVGElement)) { continue; }
            const clips = look.clipPath !== "none";
            const across = clips || look.overflowX !== "visible";
            const down = clips || look.overflowY !== "visible";
            if (across && one.matches(SIDEWAYS)) { wide = one; }
            else if (across) { found.push({ one, wide, high, axis: "sideways" }); }
            if (down && one.matches(DOWN)) { high = one; }
            else if (down) { found.push({ one, wide, high, axis: "up or down" }); }
            if (look.position === "fixed") { break; }
        }
        return found;
    }

    /** Returns whether a box, or what it scrolls in, passes an edge. */
    function beyond(box, { one, wide, high, axis }) {
        const edge = one.getBoundingClientRect();
        if (axis === "sideways") {
            const { left, right } = wide ? wide.getBoundingClientRect() : box;
            return left < edge.left - SLACK || right > edge.right + SLACK;
        }
        const { top, bottom } = high ? high.getBoundingClientRect() : box;
        return top < edge.top - SLACK || bottom > edge.bottom + SLACK;
    }

    const name = (one) => one.dataset?.testid || one.className?.baseVal || one.className || one.tagName;
    const said = (text) => text.trim().replace(/\s+/g, " ").slice(0, 50);

    function texts() {
        const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
        const found = [];
        while (walk.nextNode()) {
            const node = walk.currentNode, element = node.parentElement;
            if (!node.data.trim() || element.closest("style, script, noscript, title, desc")) { continue; }
            if (!seen(element)) { continue; }
            const around = edges(element);
            // Meant for ears alone.
            if (around.some(({ one }) => isSmall(one.getBoundingClientRect()))) { continue; }
            found.push({ element, words: said(node.data), boxes: inks(node), around });
        }
        return found;
    }

    function cut(all) {
        const found = [];
        for (const { words, boxes, around } of all) {
            for (const edge of around) {
                if (boxes.some((box) => beyond(box, edge))) {
                    found.push(`cut ${edge.axis} by ${name(edge.one)}: ${words}`);
                    break;
                }
            }
        }
        return found;
    }

    /** Returns the part of a box that what scrolls does not hide. */
    function shown({ left, right, top, bottom }, { element }) {
        for (let one = element; one; one = parent(one)) {
            const edge = one.matches(SIDEWAYS) && one.getBoundingClientRect();
            if (edge) { [left, right] = [Math.max(left, edge.left), Math.min(right, edge.right)]; }
        }
        return { left, right, top, bottom };
    }

    /** Tells whether one is the halo of the other: the same words in the same place. */
    function isHalo(one, other) {
        const apart = Math.max(Math.abs(one.left - other.left), Math.abs(one.top - other.top));
        return one.text.words === other.text.words && apart < 2 * SLACK;
    }

    function over(all) {
        const boxes = all.flatMap((text) => text.boxes.map((box) => ({ ...shown(box, text), text })))
            .filter((box) => box.left < box.right && box.top < box.bottom)
            .sort((one, other) => one.top - other.top);
        const found = new Set();
        boxes.forEach((one, at) => {
            for (let next = at + 1; next < boxes.length && boxes[next].top < one.bottom - SLACK; next++) {
                const other = boxes[next];
                const across = Math.min(one.right, other.right) - Math.max(one.left, other.left);
                const down = Math.min(one.bottom, other.bottom) - other.top;
                const [layer, under] = [one, other].map(({ text }) => text.element.closest(LAYERS));
                if (one.text !== other.text && !isHalo(one, other) && layer === under && across > 2 * SLACK && down > 2 * SLACK) {
                    found.add(`over one another: ${one.text.words} | ${other.text.words}`);
                }
            }
        });
        return [...found];
    }

    /** Returns the width that words have in an input's letters. */
    function across(input, words) {
        const probe = document.body.appendChild(document.createElement("span"));
        const { font, letterSpacing, wordSpacing } = getComputedStyle(input);
        Object.entries({
            position: "absolute", "white-space": "pre", font, "letter-spacing": letterSpacing,
            "word-spacing": wordSpacing,
        }).forEach(([name, value]) => probe.style.setProperty(name, value, "important"));
        probe.textContent = words;
        const width = probe.getBoundingClientRect().width;
        probe.remove();
        return width;
    }

    /** Returns what an input has no room for; what is chosen may stand in full on the page. */
    function inputs() {
        const fields = "input[type=text], input:not([type]), input[type=search]";
        return [...document.querySelectorAll(fields)]
            .filter((one) => seen(one) && !isSmall(one.getBoundingClientRect()))
            .filter((one) => {
                const look = getComputedStyle(one), { top, bottom, left, right } =
                    one.getBoundingClientRect();
                const middle = (top + bottom) / 2, half = parseFloat(look.fontSize) * 0.6;
                const ink = { left, right, top: middle - half, bottom: middle + half };
                const room = one.clientWidth - parseFloat(look.paddingLeft)
                    - parseFloat(look.paddingRight);
                const words = one.value || one.placeholder;
                return edges(one).some((edge) => beyond(ink, edge))
                    || (across(one, words) > room + SLACK
                        && !document.body.innerText.includes(words));
            })
            .map((one) => `no room in ${one.ariaLabel || one.placeholder}: ${one.value}`);
    }

    const all = texts();
    return [...cut(all), ...over(all), ...inputs()];
}
