// Where the names on the map stand. Added to what map.js begins.
window.opportunityAreas.placeNames = (() => {
    "use strict";

    // What a name may be broken to, and how far it may be moved up or down, in pixels, for lines
    // as high as LINE or lower; with larger letters they are larger.
    const WIDTHS = [1000, 130, 100, 76], SHIFTS = [0, -9, 9], LINE = 17;
    // From the middle of a mark to its edge, and to a name beside it or over it.
    const MARK = 9, BESIDE = 14, OVER = 12;
    const TRIES = 20000;

    /**
     * Puts each name by its mark so that it is whole and touches nothing. Where not all have
     * room, a number stands for the names that are hardest to place, and the legend tells which.
     * Names keep above `bottom`, and from the legend, which is let reach up to `top`.
     */
    function placeNames(map, { top, bottom }) {
        const width = map.getSize().x;
        const frame = { left: 1, top: 0, right: width - 1, bottom };
        const marks = [...document.querySelectorAll(".leaflet-marker-icon")].map(markOf);
        const taken = [...marks.map((mark) => mark.box), boxOf(".leaflet-bar")];
        const isFree = (legend) => ({ box }) => within(box, frame)
            && ![...taken, legend].some((other) => touch(box, other));
        tell([]);
        const named = marks.filter((mark) => mark.words);
        named.forEach((mark) => write(mark, mark.words));
        const seen = named.filter(({ x, y }) => x > 0 && x < width && y > 0 && y < innerHeight);
        named.filter((mark) => !seen.includes(mark)).forEach((mark) => put(mark, null));
        const choices = seen.map((mark) => ({ mark, names: places(mark, width / 2) }));
        const free = isFree(legendBox(top, bottom));
        const ease = new Map(choices.map((one) => [one, one.names.filter(free).length]));
        choices.sort((one, other) => ease.get(one) - ease.get(other));
        for (let hard = 0; hard <= choices.length; hard++) {
            number(choices, hard, width / 2);
            const open = isFree(legendBox(top, bottom));
            const tried = choices.map((one) => (one.numbers ?? one.names).filter(open));
            const left = { tries: TRIES / (hard + 1) };
            const found = search(tried, [], left)
                ?? (hard === choices.length ? crowd(choices, tried) : null);
            if (found) {
                choices.forEach(({ mark }, at) => put(mark, found[at]));
                return;
            }
        }
    }

    function markOf(icon) {
        const { left, top } = icon.getBoundingClientRect();
        const [x, y] = [left + icon.offsetWidth / 2, top + icon.offsetHeight / 2];
        const box = { left: x - MARK, top: y - MARK, right: x + MARK, bottom: y + MARK };
        const name = icon.querySelector("span");
        name.dataset.words ??= name.textContent;
        return { name, words: name.dataset.words, x, y, left, top, box };
    }

    const boxOf = (what) => document.querySelector(what).getBoundingClientRect();

    function legendBox(top, bottom) {
        const box = boxOf(".legend");
        const above = Math.max(top, bottom - (innerHeight - box.top));
        return { left: box.left, right: box.right, top: above, bottom: Infinity };
    }

    /** Lets numbers stand for the first so many names, from north to south. */
    function number(choices, hard, middle) {
        const numbered = choices.slice(0, hard).sort((one, other) => one.mark.y - other.mark.y);
        numbered.forEach((one, at) => {
            write(one.mark, String(at + 1));
            one.numbers = places(one.mark, middle);
        });
        tell(numbered.map(({ mark }) => mark.words));
    }

    /** Writes the names that numbers stand for into the legend. */
    function tell(names) {
        const legend = document.querySelector(".legend");
        legend.querySelector("ol")?.remove();
        if (!names.length) { return; }
        const list = document.createElement("ol");
        list.ariaHidden = "true";
        list.append(...names.map((name, at) => {
            const line = document.createElement("li");
            line.textContent = `${at + 1}: ${name}`;
            return line;
        }));
        legend.append(list);
    }

    function write({ name }, words) { name.textContent = words; }

    /** Returns where a name could stand, the best first: outwards, in one line. */
    function places({ name, x, y }, middle) {
        const found = [];
        const larger = Math.max(1, parseFloat(getComputedStyle(name).lineHeight) / LINE);
        let before = 0;
        for (const width of WIDTHS) {
            const broken = width * larger;
            name.style.maxWidth = `${broken}px`;
            const [w, h] = [name.offsetWidth, name.offsetHeight];
            if (w === before) { continue; }
            before = w;
            const at = (left, top, align) => found.push({
                broken, left, top, align,
                // A line is a little higher than its letters.
                box: { left: left - 1, top: top + 1, right: left + w + 1, bottom: top + h - 1 },
            });
            const right = (shift) => at(x + BESIDE, y - h / 2 + shift, "left");
            const left = (shift) => at(x - BESIDE - w, y - h / 2 + shift, "right");
            for (const shift of SHIFTS.map((one) => one * larger)) {
                for (const side of x > middle ? [right, left] : [left, right]) { side(shift); }
            }
            at(x - w / 2, y - OVER - h, "center");
            at(x - w / 2, y + OVER, "center");
        }
        return found;
    }

    /** Returns a place for each number in turn; one that has room nowhere stands on its mark. */
    function crowd(choices, tried) {
        const placed = [];
        choices.forEach(({ mark: { name, x, y } }, at) => {
            const [left, top] = [x - name.offsetWidth / 2, y - name.offsetHeight / 2];
            const box = { left, top, right: x + x - left, bottom: y + y - top };
            const free = tried[at].find((one) => !placed.some((other) => touch(one.box, other.box)));
            placed.push(free ?? { broken: WIDTHS[0], left, top, align: "center", box });
        });
        return placed;
    }

    /** Returns a place for each in turn, or null where there is none, or too much was tried. */
    function search(tried, placed, left) {
        if (placed.length === tried.length) { return placed; }
        for (const one of tried[placed.length]) {
            if (placed.some((other) => touch(one.box, other.box))) { continue; }
            if (left.tries-- < 0) { return null; }
            const found = search(tried, [...placed, one], left);
            if (found) { return found; }
        }
        return null;
    }

    function put({ name, left, top }, place) {
        name.style.visibility = place ? "" : "hidden";
        if (!place) { return; }
        name.style.maxWidth = `${place.broken}px`;
        name.style.textAlign = place.align;
        name.style.left = `${place.left - left}px`;
        name.style.top = `${place.top - top}px`;
    }

    const within = (one, other) => one.left >= other.left && one.right <= other.right
        && one.top >= other.top && one.bottom <= other.bottom;

    const touch = (one, other) => one.left < other.right && other.left < one.right
        && one.top < other.bottom && other.top < one.bottom;

    return placeNames;
})();
