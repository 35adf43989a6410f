"""A brief is made whatever script its text is in; what no font has is said to be missing."""

import io
import json
from dataclasses import replace
from datetime import UTC, datetime

import pikepdf
import pypdf
import pytest
import typst
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dashboard import brief
from dashboard.data.loader import Data
from dashboard.render import typesetting

DAY = datetime(2026, 11, 24, tzinfo=UTC)
TEMPLATE = """#let brief = json(bytes(sys.inputs.brief))
#set document(title: "A test")
#set text(font: "Libertinus Serif", lang: "en")
= #brief.title
#for note in brief.notes [#note *#note* #link("https://example.org")[#note] ]"""


def make(*notes: str, title: str = "A test") -> str:
    document = json.dumps({"title": title, "notes": notes}, ensure_ascii=False)
    content = typesetting.render_pdf(TEMPLATE, document, DAY)
    with pikepdf.open(io.BytesIO(content)) as opened, opened.open_metadata() as metadata:
        assert metadata["pdfuaid:part"] == "1"
    pages = pypdf.PdfReader(io.BytesIO(content)).pages
    return " ".join(" ".join(page.extract_text() for page in pages).split())


@pytest.mark.parametrize(
    ("note", "shown"),
    [
        ("Rated 😀 by all", "Rated [1 character not shown] by all"),
        ("学校 in Derby", "[2 characters not shown] in Derby"),
        ("family 👩\u200d👩\u200d👧!", "family [3 characters not shown]!"),
        ("日本語テキスト", "[7 characters not shown]"),
        ("ภาษา", "[4 characters not shown]"),
        ("odd \x01 and \ufffe", "odd [1 character not shown] and [1 character not shown]"),
        ("a\x1fb\x0b \x1f", "a[1 character not shown]b[1 character not shown]"),
        ("ring a\u20dd b", "ring a[1 character not shown] b"),
        ("half \ud83d of a pair", "half \ufffd of a pair"),
        ("a pair \ud83d\ude00", "a pair [1 character not shown]"),
        ("café 😀 naïve ½ £", "café [1 character not shown] naïve ½ £"),
    ],
)
def test_what_no_font_has_is_said_to_be_missing(note: str, shown: str) -> None:
    words = make(note)
    assert words.replace(" ", "").count(shown.replace(" ", "")) == 3


@pytest.mark.parametrize("note", ["café £½ – “so”", "Ωμέγα", "Привет", "שלום", "naïve ﬁ", "𝔸"])
def test_what_the_fonts_have_stays(note: str) -> None:
    assert "not shown" not in make(note)
    assert typesetting.replace_missing(note) == note


def test_a_title_and_many_characters(monkeypatch: pytest.MonkeyPatch) -> None:
    every = "".join(map(chr, range(0x4E00, 0x4E00 + 500)))
    assert make(every, title="学校").startswith("[2 characters not shown] [500 characters")
    # Where the guess is wrong, the document is made in ASCII.
    monkeypatch.setattr(typesetting, "replace_missing", lambda text: text)
    assert "cafe [1 character not shown]" in make("café 😀")


def test_a_faulty_template_is_told_as_one() -> None:
    for note in ("plain", "😀"):
        document = json.dumps({"notes": [note]})
        with pytest.raises(typst.TypstError, match="unknown variable"):
            typesetting.render_pdf('#set document(title: "x")\n#oops', document, DAY)


def test_addresses_stay() -> None:
    content = {"url": "https://example.org/学", "title": "学", "each": [{"value": "学"}], "n": 1}
    assert typesetting._map_text(content, typesetting.replace_missing) == {
        "url": "https://example.org/学",
        "title": "[1 character not shown]",
        "each": [{"value": "[1 character not shown]"}],
        "n": 1,
    }


@settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.text(st.characters(), max_size=12))
def test_any_text_makes_a_document(note: str) -> None:
    document = json.dumps({"title": "A test", "notes": [note]}, ensure_ascii=False)
    assert typesetting.render_pdf(TEMPLATE, document, DAY).startswith(b"%PDF")


@pytest.mark.slow
@pytest.mark.parametrize("note", ["😀", "有意思", "\x00", "e\u20e3"])
def test_a_note_in_any_script_fails_no_brief(content: Data, note: str) -> None:
    gaps = content.gaps.assign(
        detail=content.gaps["detail"].str.cat([f" {note}"] * len(content.gaps))
    )
    words = " ".join(
        page.extract_text()
        for page in pypdf.PdfReader(
            io.BytesIO(brief.render_brief(replace(content, gaps=gaps), "hastings"))
        ).pages
    )
    assert "not shown]" in " ".join(words.split())
