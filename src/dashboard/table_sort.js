// Sorts the rows of a table by the column whose button is pressed, and says so.
(() => {
    "use strict";
    if (window.tableSort) { return; }
    window.tableSort = true;

    /** Returns a cell's place in the order of its column; what is missing has none. */
    const readPlace = (row, column) => {
        const place = row.children[column].dataset.order;
        return place === undefined ? null : Number(place);
    };

    function sort(table, column, isFalling) {
        const rows = [...table.tBodies[0].rows];
        const compare = (one, other) => {
            const [a, b] = [readPlace(one, column), readPlace(other, column)];
            if (a === null || b === null) { return (a === null) - (b === null); }
            return isFalling ? b - a : a - b;
        };
        table.tBodies[0].append(...rows.sort(compare));
    }

    document.addEventListener("click", (event) => {
        const button = event.target.closest && event.target.closest(".stHtml button.sort");
        if (!button) { return; }
        const head = button.closest("th"), table = button.closest("table");
        const heads = [...head.parentElement.children];
        const isNumber = head.classList.contains("number");
        const before = head.getAttribute("aria-sort");
        const isFalling = before ? before === "ascending" : isNumber;
        heads.forEach((one) => one.removeAttribute("aria-sort"));
        head.setAttribute("aria-sort", isFalling ? "descending" : "ascending");
        sort(table, heads.indexOf(head), isFalling);
        const ways = isNumber ? ["lowest first", "highest first"] : ["A to Z", "Z to A"];
        table.querySelector(".order").textContent =
            `Sorted by ${head.querySelector("span").textContent}, ${ways[Number(isFalling)]}.`;
    });
})();
