// Placement of the names on the map; adds to the object that map.js makes. It runs in the browser,
// because it depends on the reader's font, text size and window. Charts place their labels on the
// server (charts/label_layout.py), as they are the same for all readers.
window.opportunityAreas.placeNames = (() => {
    "use strict";

    // Widths at which a name may wrap, and its shifts up or down, in pixels for lines up to LINE
    // high; both grow with the line height above that.
    const WIDTHS = [1000, 130, 100, 76], SHIFTS = [0, -9, 9], LINE = 17;
    // Pixels from the middle of a mark to its edge, and to a name beside it or above it.
    const MARK = 9, BESIDE = 14, OVER = 12;
    const TRIES = 20000;

    /**
     * Places each name beside its mark, complete and without overlaps. If there is not enough
     * space, the names that are hardest to place become numbers that the legend explains. Names
     * stay above `bottom` and off the legend, which may reach up to `top`.
     */
    function placeNames(map, { top, bottom }) {
        const width = map.getSize().x;
        const frame = { left: 1, top: 0, right: width - 1, bottom };
        const marks = [...document.querySelectorAll(".leaflet-marker-icon")].map(readMark);
        const taken = [...marks.map((mark) => mark.box), readBox(".leaflet-bar")];
        const isFree = (legend) => ({ box }) => isWithin(box, frame)
            && ![...taken, legend].some((other) => overlap(box, other));
        listInLegend([]);
        const named = marks.filter((mark) => mark.words);
        named.forEach((mark) => setText(mark, mark.words));
        const seen = named.filter(({ x, y }) => x > 0 && x < width && y > 0 && y < innerHeight);
        named.filter((mark) => !seen.includes(mark)).forEach((mark) => applyPlace(mark, null));
        const sizes = measure(seen);
        const choices = seen.map(
            (mark) => ({ mark, names: listPlaces(mark, sizes.get(mark), width / 2) }));
        const free = isFree(readLegendBox(top, bottom));
        const ease = new Map(
            choices.map((choice) => [choice, choice.names.filter(free).length]));
        choices.sort((choice, other) => ease.get(choice) - ease.get(other));
        for (let hard = 0; hard <= choices.length; hard++) {
            numberHardest(choices, hard, width / 2);
            const open = isFree(readLegendBox(top, bottom));
            const tried = choices.map(
                ({ numbers, names }) => (numbers ?? names).filter(open));
            const left = { tries: TRIES / (hard + 1) };
            const placed = search(tried, [], left)
                ?? (hard === choices.length ? placeOverMarks(choices, tried) : null);
            if (placed) {
                choices.forEach(({ mark }, index) => applyPlace(mark, placed[index]));
                return;
            }
        }
    }

    function readMark(icon) {
        const { left, top } = icon.getBoundingClientRect();
        const [x, y] = [left + icon.offsetWidth / 2, top + icon.offsetHeight / 2];
        const box = { left: x - MARK, top: y - MARK, right: x + MARK, bottom: y + MARK };
        const name = icon.querySelector("span");
        name.dataset.words ??= name.textContent;
        return { name, words: name.dataset.words, x, y, left, top, box };
    }

    const readBox = (selector) => document.querySelector(selector).getBoundingClientRect();

    function readLegendBox(top, bottom) {
        const box = readBox(".legend");
        const above = Math.max(top, bottom - (innerHeight - box.top));
        return { left: box.left, right: box.right, top: above, bottom: Infinity };
    }

    /** Replaces the first `hard` names by numbers, counted from north to south. */
    function numberHardest(choices, hard, middle) {
        const numbered = choices.slice(0, hard).sort((choice, other) => choice.mark.y - other.mark.y);
        numbered.forEach(({ mark }, index) => setText(mark, String(index + 1)));
        const sizes = measure(numbered.map(({ mark }) => mark));
        numbered.forEach((choice) => {
            choice.numbers = listPlaces(choice.mark, sizes.get(choice.mark), middle);
        });
        listInLegend(numbered.map(({ mark }) => mark.words));
    }

    /** Lists the names that numbers replace in the legend. */
    function listInLegend(names) {
        const legend = document.querySelector(".legend");
        legend.querySelector("ol")?.remove();
        if (!names.length) { return; }
        const list = document.createElement("ol");
        list.ariaHidden = "true";
        list.append(...names.map((name, index) => {
            const line = document.createElement("li");
            line.textContent = `${index + 1}: ${name}`;
            return line;
        }));
        legend.append(list);
    }

    function setText({ name }, words) { name.textContent = words; }

    /**
     * Measures names at each width that they may have, all before the next width is set: a browser
     * lays out once for each, not once for each name.
     */
    function measure(marks) {
        const sizes = new Map(marks.map((mark) => [mark, []]));
        const larger = new Map(marks.map((mark) => [mark, compareLineHeight(mark)]));
        for (const width of WIDTHS) {
            const broken = (mark) => width * larger.get(mark);
            marks.forEach((mark) => { mark.name.style.maxWidth = `${broken(mark)}px`; });
            marks.forEach((mark) => sizes.get(mark).push({
                broken: broken(mark), larger: larger.get(mark),
                w: mark.name.offsetWidth, h: mark.name.offsetHeight,
            }));
        }
        return sizes;
    }

    const compareLineHeight = ({ name }) =>
        Math.max(1, parseFloat(getComputedStyle(name).lineHeight) / LINE);

    /** Lists the places that a name could have, the best first: outwards, on one line. */
    function listPlaces({ x, y }, sizes, middle) {
        const places = [];
        let before = 0;
        for (const { broken, larger, w, h } of sizes) {
            if (w === before) { continue; }
            before = w;
            const at = (left, top, align) => places.push({
                broken, left, top, align,
                // A line is a little higher than its letters.
                box: { left: left - 1, top: top + 1, right: left + w + 1, bottom: top + h - 1 },
            });
            const right = (shift) => at(x + BESIDE, y - h / 2 + shift, "left");
            const left = (shift) => at(x - BESIDE - w, y - h / 2 + shift, "right");
            for (const shift of SHIFTS.map((pixels) => pixels * larger)) {
                for (const side of x > middle ? [right, left] : [left, right]) { side(shift); }
            }
            at(x - w / 2, y - OVER - h, "center");
            at(x - w / 2, y + OVER, "center");
        }
        return places;
    }

    /** Returns a place for each number in turn; one without a free place is put on its mark. */
    function placeOverMarks(choices, tried) {
        const placed = [];
        choices.forEach(({ mark: { name, x, y } }, index) => {
            const [left, top] = [x - name.offsetWidth / 2, y - name.offsetHeight / 2];
            const box = { left, top, right: x + x - left, bottom: y + y - top };
            const free = tried[index].find(
                (place) => !placed.some((other) => overlap(place.box, other.box)));
            placed.push(free ?? { broken: WIDTHS[0], left, top, align: "center", box });
        });
        return placed;
    }

    /** Returns a place for each in turn, or null if there is none within the tries left. */
    function search(tried, placed, left) {
        if (placed.length === tried.length) { return placed; }
        for (const place of tried[placed.length]) {
            if (placed.some((other) => overlap(place.box, other.box))) { continue; }
            if (left.tries-- < 0) { return null; }
            const complete = search(tried, [...placed, place], left);
            if (complete) { return complete; }
        }
        return null;
    }

    function applyPlace({ name, left, top }, place) {
        name.style.visibility = place ? "" : "hidden";
        if (!place) { return; }
        name.style.maxWidth = `${place.broken}px`;
        name.style.textAlign = place.align;
        name.style.left = `${place.left - left}px`;
        name.style.top = `${place.top - top}px`;
    }

    const isWithin = (box, other) => box.left >= other.left && box.right <= other.right
        && box.top >= other.top && box.bottom <= other.bottom;

    const overlap = (box, other) => box.left < other.right && other.left < box.right
        && box.top < other.bottom && other.top < box.bottom;

    return placeNames;
})();
