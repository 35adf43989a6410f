// Where the names on the map stand. Added to what map.js begins.
window.opportunityAreas.placeNames = (() => {
    "use strict";

    // What a name may be broken to, and how far it may be moved up or down, in pixels.
    const WIDTHS = [1000, 130, 100, 76], SHIFTS = [0, -9, 9];
    // From the middle of a mark to its edge, and to a name beside it or over it.
    const MARK = 9, BESIDE = 14, OVER = 12;
    const TRIES = 20000;

    /** Puts each name by its mark so that it is whole and touches nothing; hides one that cannot. */
    function placeNames(map) {
        const { x: width, y: height } = map.getSize();
        const frame = { left: 1, top: 0, right: width - 1, bottom: height };
        const marks = [...document.querySelectorAll(".leaflet-marker-icon")].map(markOf);
        const taken = marks.map((mark) => mark.box);
        for (const control of document.querySelectorAll(".leaflet-bar, .legend")) {
            taken.push(control.getBoundingClientRect());
        }
        const free = ({ box }) => within(box, frame) && !taken.some((other) => touch(box, other));
        const choices = marks.filter((mark) => mark.name.textContent)
            .map((mark) => ({ mark, places: places(mark, width / 2).filter(free) }))
            .sort((one, other) => one.places.length - other.places.length);
        const left = { tries: TRIES };
        const found = search(choices, [], true, left) || search(choices, [], false, left);
        choices.forEach(({ mark }, at) => put(mark, found[at]));
    }

    function markOf(icon) {
        const { left, top } = icon.getBoundingClientRect();
        const [x, y] = [left + icon.offsetWidth / 2, top + icon.offsetHeight / 2];
        const box = { left: x - MARK, top: y - MARK, right: x + MARK, bottom: y + MARK };
        return { name: icon.querySelector("span"), x, y, left, top, box };
    }

    /** Returns where a name could stand, the best first: outwards, in one line. */
    function places({ name, x, y }, middle) {
        const found = [];
        let before = 0;
        for (const broken of WIDTHS) {
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
            for (const shift of SHIFTS) {
                for (const side of x > middle ? [right, left] : [left, right]) { side(shift); }
            }
            at(x - w / 2, y - OVER - h, "center");
            at(x - w / 2, y + OVER, "center");
        }
        return found;
    }

    /** Returns a place for each name in turn; where not all need one, none for some. */
    function search(choices, placed, all, left) {
        const next = choices[placed.length];
        if (!next) { return placed; }
        for (const one of next.places) {
            if (placed.some((other) => other && touch(one.box, other.box))) { continue; }
            if (all && left.tries-- < 0) { return null; }
            const found = search(choices, [...placed, one], all, left);
            if (found) { return found; }
        }
        return all ? null : search(choices, [...placed, null], all, left);
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
