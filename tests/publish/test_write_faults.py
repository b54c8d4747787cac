"""After a write error at any place of a publication readers see the whole old or the whole new site; the next one heals."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.conftest import sampled
from tests.publish.served_folder import newest, put
from tests.publish.small_site import ADDRESS, SENTENCES, changed, make_site, tree
from tests.publish.test_interrupted import mixed_folders, seen, stable_copies
from tests.write_faults import BROKEN, FORBIDDEN, FULL, failing
from workreport import publish
from workreport.project import writer

PLACES = 200
"""The number of places at which a write fails, spread over a publication."""
FAILURES = [(FULL, False), (FULL, True), (FORBIDDEN, False), (FORBIDDEN, True), (BROKEN, False)]
"""The kinds of failure: the error, and whether all later writes fail too. Each place has two of them by turns."""


def new_project(folder: Path) -> Path:
    """A project with the site as it is after an edit: a changed sentence, a new section, and a page less."""
    sentences = changed(SENTENCES, 1, "s0000000a", "全年新增企业31家，增长5.3%。")
    make_site(folder, (*sentences, ("s0000000b", "三、农业")), sections=("1", "2"), address=ADDRESS)
    return folder


WAYS = {"links": (False, "0"), "folder by folder": (True, "0"), "file by file": (True, "1")}
"""The ways in which a publication switches readers: whether without links, and whether as if nothing could be swapped."""


def writes_of_a_publication(folder: Path, *, plain: bool) -> int:
    """How many writes the second publication takes."""
    make_site(folder / "p", bulk=3, address=ADDRESS)
    put(folder / "p", folder / "www", plain=plain)
    new_project(folder / "p")
    with failing(0) as faults:
        put(folder / "p", folder / "www")
    return faults.count


@pytest.mark.parametrize(("plain", "two_steps"), WAYS.values(), ids=WAYS)
@pytest.mark.parametrize("place", sampled(range(PLACES), 32))
def test_write_error_at_any_place_leaves_the_old_or_the_new_site(
    tmp_path: Path, place: int, plain: bool, two_steps: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(writer.TWO_STEPS, two_steps)
    total = writes_of_a_publication(tmp_path / "count", plain=plain)
    assert total > 90
    at = 1 + place * total // PLACES
    for k in (place, place + 1):
        error, on = FAILURES[k % len(FAILURES)]
        project, www = tmp_path / f"p{k}", tmp_path / f"www{k}"
        make_site(project, bulk=3, address=ADDRESS)
        put(project, www, plain=plain)
        known = {"old": tree(project / "site")}
        known["new"] = tree(new_project(project) / "site")
        assert seen_site(www, known) == "old"
        with failing(at, error, on=on) as faults:
            try:
                put(project, www)
                done = True
            except (publish.PublishError, writer.WriteError, OSError):
                done = False
        assert faults.count >= at
        assert not done or seen_site(www, known) == "new"
        now = seen_site(www, known)
        assert now in known
        if not on:
            assert one_site_at_stable_addresses(www, known[now]), "files of both sites stand at stable addresses"
            assert newest(www) == newest_listed(www), "the list names another version than the one that readers see"
        if plain and two_steps == "0":
            assert mixed_folders(www, known) == [], "a folder has files of both sites"
        assert put(project, www).version
        assert seen_site(www, known) == "new"
        assert one_site_at_stable_addresses(www, known["new"])
        assert newest(www) == newest_listed(www)
        assert not list(www.rglob("*.part"))
        assert not (www / ".workreport" / "publishing").exists()


def newest_listed(www: Path) -> str:
    """Return the version that the list of versions calls the newest."""
    return str(json.loads((www / "v" / "versions.json").read_text(encoding="utf-8"))["newest"])


def one_site_at_stable_addresses(www: Path, site: dict[str, str]) -> bool:
    """Whether all copies at stable addresses are of this site; always so with links, where the pages are looked at."""
    return not (www / "current.js").is_file() or all(
        site[name] == words for name, words in stable_copies(www, site).items()
    )


def seen_site(www: Path, known: dict[str, dict[str, str]]) -> str:
    """Which of the sites readers see, as `seen` says; the old one has pages that the new one lacks."""
    common = known["old"].keys() & known["new"].keys()
    if (www / "current.js").is_file():
        return seen(www, known)
    return seen(www, {key: {name: site[name] for name in common} for key, site in known.items()})
