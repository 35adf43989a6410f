// What the map does in the reader's browser. Python sends what to draw: dashboard/maps.
// Loaded after Leaflet and the file of shapes, which sets window.shapes.
window.opportunityAreas = (() => {
    "use strict";

    /** Draws England, names the frame and its buttons, and minds keys and fingers. */
    function settle(map, { title, style, land, bounds, narrow, room }) {
        window.frameElement.title = title;
        document.documentElement.lang = "en-GB";
        // folium forbids zooming.
        document.querySelectorAll("meta[name=viewport]").forEach(
            (meta) => { meta.content = "width=device-width, initial-scale=1"; });
        document.head.insertAdjacentHTML("beforeend", style);
        L.control.zoom({
            zoomInTitle: "Zoom in on the map", zoomOutTitle: "Zoom out of the map",
        }).addTo(map);
        map.attributionControl.remove();
        L.geoJSON(window.shapes.england, { style: land, interactive: false }).addTo(map);
        mindRoom(map, bounds, narrow, room);
        mindFingers(map);
        mindKeys(map);
        // streamlit-folium reports no first click that counts 1 where it began at 0.
        window.__GLOBAL_DATA__.last_object_clicked_count = null;
    }

    // Puts the names in their places, once there is a map.
    let placeNames = () => {};
    // From the frame's bottom to the legend, and from the legend to England.
    const BELOW = 10, ABOVE = 4;

    /**
     * Fits England to the frame until the reader moves it; names find their places anew. The
     * frame grows where the legend has more to say, or larger letters, than `room` keeps for it:
     * what is above the legend stays as large as it is.
     */
    function mindRoom(map, bounds, narrow, room) {
        let fitting = true, moved = false;
        const given = () => Number(window.frameElement.height) || innerHeight;
        const kept = () => (innerWidth > narrow ? room.wide : room.narrow);
        const refit = () => {
            const { paddingTopLeft, paddingBottomRight: [right, bottom] } = kept();
            const grown = Math.max(0, innerHeight - given());
            fitting = true;
            // At once: names are placed by where their marks are now, not on the way there.
            map.fitBounds(bounds, {
                paddingTopLeft, paddingBottomRight: [right, bottom + grown], animate: false,
            });
            fitting = false;
        };
        placeNames = () => {
            if (!window.legend) { return; }
            const [bottom, free] = [moved ? innerHeight : given(), kept().paddingBottomRight[1]];
            const top = moved ? -Infinity : bottom - free + ABOVE;
            opportunityAreas.placeNames(map, { top, bottom });
            if (moved) { return; }
            const more = window.legend.getContainer().offsetHeight + BELOW + ABOVE - free;
            window.frameElement.style.minHeight = more > 0 ? `${given() + more}px` : "";
        };
        map.on("movestart", () => { moved = moved || !fitting; });
        map.on("resize", () => {
            if (!moved) { refit(); }
            placeNames();
        });
        map.on("zoomend", () => placeNames());
        // Until Leaflet's style has come nothing is where it belongs.
        document.querySelectorAll("link").forEach((link) => {
            link.addEventListener("load", () => placeNames());
        });
        mindLetters();
        refit();
    }

    /** Places the names anew when a reader makes letters larger or spaces them out. */
    function mindLetters() {
        const probe = document.body.appendChild(document.createElement("span"));
        probe.className = "probe";
        probe.ariaHidden = "true";
        probe.textContent = "North Yorkshire Coast";
        new ResizeObserver(() => placeNames()).observe(probe);
    }

    function mindFingers(map) {
        // One finger scrolls the page, as everywhere else; two zoom the map.
        if (matchMedia("(pointer: coarse)").matches) { map.dragging.disable(); }
        // Leaflet focuses the map at a press. Scrolling to it would end the press beside the
        // thing that it began on.
        map.getContainer().focus = function () {
            HTMLElement.prototype.focus.call(this, { preventScroll: true });
        };
    }

    function mindKeys(map) {
        // The buttons come before the marks, and what the arrow keys move says so.
        const box = map.getContainer();
        box.prepend(box.querySelector(".leaflet-control-container"));
        box.setAttribute("role", "group");
        box.setAttribute("aria-label", "The map itself: arrow keys move it");
        const markerOf = (event) => event.target.closest(".leaflet-marker-icon");
        document.addEventListener("keydown", (event) => {
            const marker = markerOf(event);
            if (marker && (event.key === "Enter" || event.key === " ")) {
                event.preventDefault();
                marker.click();
            }
        });
        document.addEventListener("focusin", (event) => {
            const marker = markerOf(event);
            window.focused = marker && heard(marker);
        });
    }

    const heard = (marker) => marker.querySelector(".heard").textContent.split(",")[0];

    /** Lays areas over England: their districts, a mark for each, and the legend. */
    function paint(map, group, areas, legend) {
        for (const area of areas) {
            for (const code of area.codes) {
                const district = {
                    type: "Feature",
                    properties: { label: area.label },
                    geometry: window.shapes.districts[code],
                };
                L.geoJSON(district, { style: () => area.style }).addTo(group)
                    .eachLayer((shape) => {
                        // Leaflet would have the Tab key stop here too, with nothing to hear.
                        shape._addFocusListeners = () => {};
                        shape.bindTooltip(area.tooltip, { sticky: true });
                    });
            }
        }
        for (const area of areas) {
            const icon = L.divIcon({
                html: area.mark, className: "", iconSize: [24, 24],
                iconAnchor: [12, 12 - area.lower],
            });
            L.marker(area.place, { icon }).bindTooltip(area.tooltip, { sticky: true }).addTo(group);
        }
        explain(map, legend);
        // The group is laid over the map when this script has ended.
        queueMicrotask(() => {
            placeNames();
            giveFocusBack();
        });
    }

    function explain(map, legend) {
        if (window.legend) { window.legend.remove(); }
        window.legend = L.control({ position: "bottomleft" });
        window.legend.onAdd = () => {
            const box = L.DomUtil.create("div", "legend");
            box.innerHTML = legend;
            return box;
        };
        window.legend.addTo(map);
    }

    /** The marker that had the focus is drawn anew with the areas. */
    function giveFocusBack() {
        if (!document.hasFocus() || document.activeElement !== document.body) { return; }
        for (const marker of document.querySelectorAll(".leaflet-marker-icon")) {
            if (heard(marker) === window.focused) { marker.focus({ preventScroll: true }); }
        }
    }

    return { settle, paint };
})();
