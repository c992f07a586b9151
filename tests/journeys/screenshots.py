"""`python -m tests.journeys.screenshots [NAME ...]`: a picture of every page in every state, in .screenshots/.

Each as <page>-<width>-<light or dark>.png, whole pages, at 1360 and 390 px.
"""

import sys
from collections.abc import Sequence
from contextlib import ExitStack
from typing import Any

from playwright.sync_api import Browser, Page, sync_playwright
from tqdm import tqdm

from tests.journeys.browser import launched
from tests.journeys.cast import Cast
from tests.journeys.scenes import SCENES, Scene
from tests.journeys.server import ROOT, running

FOLDER = ROOT / ".screenshots"
SIZES = ((1360, 900), (390, 844))


def main(names: Sequence[str]) -> int:
    if unknown := set(names) - {scene.name for scene in SCENES}:
        print(f"There is no page {', '.join(sorted(unknown))}. There are: {', '.join(one.name for one in SCENES)}.")
        return 2
    chosen = [scene for scene in SCENES if not names or scene.name in names]
    FOLDER.mkdir(exist_ok=True)
    with running() as server, sync_playwright() as playwright, launched(playwright) as browser:
        cast = Cast(server)
        for scene in tqdm(chosen, unit="page", disable=not sys.stderr.isatty()):
            _take(scene, cast, browser, server.url)
    print(f"{len(chosen) * len(SIZES) * 2} pictures are in {FOLDER.name}/")
    return 0


def _take(scene: Scene, cast: Cast, browser: Browser, url: str) -> None:
    with ExitStack() as stack:

        def make(**options: Any) -> Page:
            context = browser.new_context(base_url=url, **options)
            stack.callback(context.close)
            return context.new_page()

        page = scene.show(cast, make)
        for width, height in SIZES:
            page.set_viewport_size({"width": width, "height": height})
            for scheme in ("light", "dark"):
                page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]  # one of the two literals
                page.screenshot(path=FOLDER / f"{scene.name}-{width}-{scheme}.png", full_page=True)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
