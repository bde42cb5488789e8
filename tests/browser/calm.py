"""When a page stands still, so that what is clicked then is what a reader would see."""

from playwright.sync_api import Page

UNFINISHED = (
    '[data-test-script-state="running"], [data-testid="stSkeleton"], [data-testid="stStatusWidget"], '
    '[data-stale="true"]'
)
LOOK_MS = 200
CALM_LOOKS = 4  # a choice is on its way to the server for a while before the page shows that it runs


def settle(page: Page, charts_ms: int = 0) -> None:
    """Until the script has ended and everything that it sent is drawn; charts take some time more."""
    page.wait_for_selector("h1", timeout=60_000)
    calm = 0
    while calm < CALM_LOOKS:
        page.wait_for_timeout(LOOK_MS)
        calm = 0 if page.locator(UNFINISHED).count() else calm + 1
    page.wait_for_timeout(charts_ms)
