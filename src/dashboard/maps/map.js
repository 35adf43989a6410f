// The map in the browser. Python (dashboard/maps) sends what to draw.
// Loaded after Leaflet and the file of shapes, which sets window.shapes.
window.opportunityAreas = (() => {
    "use strict";

    /** Draws England, names the frame and its buttons, and binds keyboard and touch. */
    function init(map, { title, style, land, bounds, narrow, room }) {
        window.frameElement.title = title;
        document.documentElement.lang = "en-GB";
        document.head.insertAdjacentHTML("beforeend", style);
        L.control.zoom({
            zoomInTitle: "Zoom in on the map", zoomOutTitle: "Zoom out of the map",
        }).addTo(map);
        map.attributionControl.remove();
        closest = map.options.maxZoom;
        // Before anything is drawn, or it would be drawn twice.
        bindResize(map, bounds, narrow, room);
        // Lower than the areas, with room for districts between.
        map.createPane("land").style.zIndex = 310;
        map.createPane("districts").style.zIndex = 320;
        L.geoJSON(window.shapes.england, { style: land, interactive: false, pane: "land" })
            .addTo(map);
        bindTouch(map);
        bindKeyboard(map);
        // streamlit-folium does not report a first click, counted as 1, if the count began at 0.
        window.__GLOBAL_DATA__.last_object_clicked_count = null;
    }

    // Set by bindResize, once there is a map. What calls for it within one frame is answered once.
    let placeNames = () => {};
    // Shows the whole map again where the reader has gone to another page with it.
    let beginPage = () => {};
    // Pixels from the frame's bottom to the legend, and from the legend to England.
    const BELOW = 10, ABOVE = 4;

    /**
     * Fits England to the frame until the reader moves it, and places the names after each change.
     * The frame grows if the legend needs more height than `room` keeps free for it, so that the
     * map above the legend keeps its size.
     */
    function bindResize(map, bounds, narrow, room) {
        let fitting = true, moved = false;
        // From the page's style, which has it first; the frame itself may have grown.
        const getFrameHeight = () => parseFloat(
            window.parent.getComputedStyle(window.frameElement).getPropertyValue("--height"),
        ) || innerHeight;
        const getPadding = () => (innerWidth > narrow ? room.wide : room.narrow);
        const refit = () => {
            const { paddingTopLeft, paddingBottomRight: [right, bottom] } = getPadding();
            const grown = Math.max(0, innerHeight - getFrameHeight());
            fitting = true;
            // Without animation, because names are placed by the present positions of their marks.
            map.fitBounds(bounds, {
                paddingTopLeft, paddingBottomRight: [right, bottom + grown], animate: false,
            });
            fitting = false;
        };
        let isWaiting = false;
        const placeNow = () => {
            isWaiting = false;
            // Until the frame has a height there is no place for a name.
            if (!window.legend || !innerHeight) { return; }
            const bottom = moved ? innerHeight : getFrameHeight();
            const free = getPadding().paddingBottomRight[1];
            const top = moved ? -Infinity : bottom - free + ABOVE;
            opportunityAreas.placeNames(map, { top, bottom });
            if (moved) { return; }
            const more = window.legend.getContainer().offsetHeight + BELOW + ABOVE - free;
            window.frameElement.style.minHeight = more > 0 ? `${getFrameHeight() + more}px` : "";
        };
        placeNames = () => {
            if (!isWaiting) { requestAnimationFrame(placeNow); }
            isWaiting = true;
        };
        let page = window.parent.location.pathname;
        beginPage = () => {
            if (page === window.parent.location.pathname) { return; }
            page = window.parent.location.pathname;
            moved = false;
            refit();
        };
        map.on("movestart", () => { moved = moved || !fitting; });
        // The frame changes its size with the window, and from page to page; Leaflet's own event
        // comes only where the map's size has changed with it.
        window.addEventListener("resize", () => {
            map.invalidateSize();
            if (!moved) { refit(); }
            placeNames();
        });
        map.on("zoomend", () => placeNames());
        // Positions are right only once Leaflet's style is loaded.
        document.querySelectorAll("link").forEach((link) => {
            link.addEventListener("load", () => placeNames());
        });
        observeTextSize();
        refit();
    }

    /** Places the names again when the reader changes the size or the spacing of text. */
    function observeTextSize() {
        const probe = document.body.appendChild(document.createElement("span"));
        probe.className = "probe";
        probe.ariaHidden = "true";
        probe.textContent = "North Yorkshire Coast";
        new ResizeObserver(() => placeNames()).observe(probe);
    }

    function bindTouch(map) {
        // One finger scrolls the page; two zoom the map.
        if (matchMedia("(pointer: coarse)").matches) { map.dragging.disable(); }
        // Leaflet focuses the map when it is pressed. If that scrolled the page, the press would
        // end on another element than it began on.
        map.getContainer().focus = function () {
            HTMLElement.prototype.focus.call(this, { preventScroll: true });
        };
    }

    function bindKeyboard(map) {
        // The buttons come before the marks, and the element that arrow keys move has a label.
        const box = map.getContainer();
        box.prepend(box.querySelector(".leaflet-control-container"));
        box.setAttribute("role", "group");
        box.setAttribute("aria-label", "The map itself: arrow keys move it");
        const findMarker = (event) => event.target.closest(".leaflet-marker-icon");
        document.addEventListener("keydown", (event) => {
            const marker = findMarker(event);
            if (marker && (event.key === "Enter" || event.key === " ")) {
                event.preventDefault();
                marker.click();
            }
        });
        document.addEventListener("focusin", (event) => {
            const marker = findMarker(event);
            window.focused = marker && readLabel(marker);
        });
    }

    const readLabel = (marker) => marker.querySelector(".heard").textContent.split(",")[0];

    /**
     * Draws areas over England, or over all its districts: the areas' own districts, a mark for
     * each, and the legend.
     */
    function paint(map, group, areas, legend, districts) {
        beginPage();
        const readDistrict = (area, code) => ({
            type: "Feature",
            properties: { label: area.label },
            geometry: window.shapes.districts[code],
        });
        // All outlines lie under all fills, or one would lie over an area's next district.
        for (const area of areas.filter(({ outline }) => outline)) {
            for (const code of area.codes) {
                const look = { style: area.outline, interactive: false };
                L.geoJSON(readDistrict(area, code), look).addTo(group);
            }
        }
        for (const area of areas) {
            for (const code of area.codes) {
                const fillColor = area.fills[code] ?? area.style.fillColor;
                L.geoJSON(readDistrict(area, code), { style: { ...area.style, fillColor } })
                    .addTo(group)
                    .eachLayer((shape) => {
                        // Leaflet would make this a tab stop too, one without a text.
                        shape._addFocusListeners = () => {};
                        shape.bindTooltip(area.tooltip, { sticky: true });
                    });
            }
        }
        for (const area of areas) {
            if (area.joinedTo) {
                const line = { color: area.style.color, weight: 2, interactive: false };
                L.polyline([area.place, area.joinedTo], line).addTo(group);
            }
            const icon = L.divIcon({
                html: area.mark, className: "", iconSize: [24, 24],
                iconAnchor: [12, 12 - area.lower],
            });
            L.marker(area.place, { icon }).bindTooltip(area.tooltip, { sticky: true }).addTo(group);
        }
        drawLegend(map, legend);
        drawDistricts(map, districts);
        group.once("add", () => {
            placeNames();
            restoreFocus();
        });
    }

    function drawLegend(map, legend) {
        if (window.legend) { window.legend.remove(); }
        window.legend = L.control({ position: "bottomleft" });
        window.legend.onAdd = () => {
            const box = L.DomUtil.create("div", "legend");
            box.innerHTML = legend;
            return box;
        };
        window.legend.addTo(map);
    }

    const DISTRICTS_ZOOM = 9, PATIENCE_MS = 30_000;
    // The zoom up to which a map without them can be enlarged.
    let closest;
    // Layers of districts, on their way or there, by what they are drawn from: a browser that keeps
    // the map from page to page draws each once.
    const layers = new Map();
    const NONE = { wanted: null, layer: null };
    // What lies under the areas, or is to as soon as it is there.
    let under = NONE;

    async function drawDistricts(map, districts) {
        const wanted = districts && JSON.stringify(districts);
        if (wanted === under.wanted) { return; }
        under.layer?.remove();
        const mine = under = { wanted, layer: null };
        const pane = map.getPane("districts");
        pane.ariaBusy = String(Boolean(wanted));
        // Enlarged further, their edges would not meet those of the areas.
        map.setMaxZoom(wanted ? DISTRICTS_ZOOM : closest);
        if (!wanted) { return; }
        // Awaited even if it is there: streamlit-folium binds clicks to what is added at once.
        const layer = await findLayer(wanted, districts).catch(() => null);
        // The reader may have gone to a page without them meanwhile, and come back.
        if (mine !== under) { return; }
        pane.ariaBusy = "false";
        if (layer) {
            mine.layer = layer.addTo(map);
        } else {
            // The next time that the map is drawn it asks again.
            under = NONE;
            tellMissing();
        }
    }

    function findLayer(wanted, districts) {
        if (!layers.has(wanted)) {
            const layer = fetchDistricts(districts.address)
                .then((found) => buildDistricts(found, districts));
            layer.catch(() => layers.delete(wanted));
            layers.set(wanted, layer);
        }
        return layers.get(wanted);
    }

    async function fetchDistricts(address) {
        const answer = await fetch(address, { signal: AbortSignal.timeout(PATIENCE_MS) });
        if (!answer.ok) { throw new Error(answer.statusText); }
        return answer.json();
    }

    /** Builds districts for a canvas: hundreds of elements would take a browser longer. */
    function buildDistricts(found, { fills, line }) {
        const style = { color: line, weight: 0.25, fillOpacity: 1 };
        const features = found.map(
            ({ geometry, ...properties }) => ({ type: "Feature", geometry, properties }));
        return L.geoJSON(features, {
            style: ({ properties }) => ({ ...style, fillColor: fills[properties.group] }),
            pane: "districts",
            renderer: L.canvas({ pane: "districts" }),
        }).bindTooltip(({ feature }) => feature.properties.says, { sticky: true });
    }

    function tellMissing() {
        const words = document.createElement("p");
        words.role = "status";
        words.textContent = "The districts could not be loaded. Loading the page again may help.";
        window.legend.getContainer().prepend(words);
        placeNames();
    }

    /** Focuses the marker that had the focus, as it is drawn again with the areas. */
    function restoreFocus() {
        if (!document.hasFocus() || document.activeElement !== document.body) { return; }
        for (const marker of document.querySelectorAll(".leaflet-marker-icon")) {
            if (readLabel(marker) === window.focused) { marker.focus({ preventScroll: true }); }
        }
    }

    return { init, paint };
})();
