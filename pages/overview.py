"""Overview: where, how much, who, why and what next, at a glance."""

from dashboard.data import store
from dashboard.topics import overview
from dashboard.topics.areas import exhibits as area_exhibits
from dashboard.topics.areas.facts import compute_area_facts
from dashboard.topics.funding import programme
from dashboard.ui import area_search, exhibits, mapview, places, shell
from dashboard.ui import areas as layout

filters = shell.get_filters()
data = store.current()
areas = filters.apply(compute_area_facts(data))

exhibits.draw_page_head(
    "England's twelve opportunity areas",
    filters,
    areas,
    data,
    "Places where children from poorer homes did less well. They got extra money for education "
    "from 2017 to 2022.",
)
area_search.draw_search_of_page(data)
figures = [*programme.list_headlines(data), *area_exhibits.list_figures(data, areas)]
exhibits.show_figures(data, "Headline figures", figures)
left, right = places.split_row([3, 2])
with left:
    mapview.draw_map(data, areas, height=400)
with right:
    layout.draw_answers(data, overview.list_answers(data))
if not areas.empty:
    with places.get_below():
        exhibits.show(data, area_exhibits.build_at_a_glance(data, areas))
