"""A page that is drawn again takes its results from the caches."""

import pytest

from apptest import Address, open_page
from dashboard import cache

PAGES: dict[str, dict[str, Address]] = {
    "overview": {},
    "map": {},
    "funding": {},
    "research_schools": {},
    "selection": {},
    "outcomes": {},
    "all_measures": {"held": "Whole authorities too"},
    "profile": {"area": "Hastings"},
    "compare": {"areas": ["Derby", "Norwich"]},
    "sources": {},
}


@pytest.mark.slow
@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("cohort", ["All twelve", "New six"])
def test_nothing_is_computed_again(page: str, cohort: str, monkeypatch: pytest.MonkeyPatch) -> None:
    # A frame made on each run is a new argument each time: caches compare frames by identity.
    test = open_page(page, cohort=cohort, **PAGES[page])
    computed: list[object] = []
    find = cache._ResultCache.find

    def record(results: cache._ResultCache, key: cache._CacheKey) -> cache._CacheEntry:
        entry = find(results, key)
        if not entry.is_computed:
            computed.append(key.positional[1:])
        return entry

    monkeypatch.setattr(cache._ResultCache, "find", record)
    test.run()
    assert not test.exception
    assert computed == []
