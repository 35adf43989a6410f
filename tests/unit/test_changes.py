import tomllib

import pytest

from dashboard import changelog, formatting
from dashboard.data.loader import DEFAULT_FOLDER, Data


def test_the_figures_version_is_the_package_s(content: Data) -> None:
    package = content.descriptor
    assert changelog.read_latest_version("Figures") == (
        package["version"],
        formatting.format_day(package["created"][:10]),
    )


def test_the_program_s_version_is_the_project_s() -> None:
    project = tomllib.loads((DEFAULT_FOLDER.parent / "pyproject.toml").read_text(encoding="utf-8"))
    assert changelog.read_latest_version("Program")[0] == project["project"]["version"]


@pytest.mark.parametrize("part", ["Figures", "Program"])
def test_a_part_holds_only_its_own(part: str) -> None:
    said = changelog.read_section(part)
    assert said.startswith("### ")
    assert "\n## " not in said


def test_an_unknown_part_is_an_error() -> None:
    with pytest.raises(KeyError, match="Weather"):
        changelog.read_section("Weather")
