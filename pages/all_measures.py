"""All measures: the last figure of every measure, area by area, in one table."""

from dashboard.data import store
from dashboard.topics.areas.facts import compute_area_facts
from dashboard.topics.comparators import all_measures
from dashboard.ui import exhibits, inputs, outcomes, shell

filters = shell.get_filters()
data = store.current()
areas = filters.apply(compute_area_facts(data))

exhibits.draw_page_head("All measures", filters, areas, data)
outcomes.draw_caution(data)
whole_authorities = inputs.choose_whole_authorities()
if not areas.empty:
    exhibits.show(
        data, all_measures.build_all_measures(data, areas, whole_authorities=whole_authorities)
    )
exhibits.draw_gaps(data, "outcomes", areas)
