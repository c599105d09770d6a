"""The page in a real browser: Debian's chromium, headless; skipped where it is not installed."""

from __future__ import annotations

import shutil
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from selenium import webdriver
from selenium.common.exceptions import NoSuchElementException, StaleElementReferenceException
from selenium.webdriver.chrome.options import Options
from selenium.webdriver.chrome.service import Service
from selenium.webdriver.common.action_chains import ActionChains
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.support.wait import WebDriverWait

from clr.auditor import audit
from clr.render.page import Page
from clr.segment import trace_of

pytestmark = pytest.mark.slow

BROWSER, DRIVER = shutil.which("chromium"), shutil.which("chromedriver")
if not (BROWSER and DRIVER):
    pytest.skip("needs Debian's chromium and chromium-driver", allow_module_level=True)

HOSTILE = [
    "</script><script>window.owned = 1</script>",
    '<img src="http://127.0.0.1:9/x" onerror="window.owned = 1">',
    "<a href='javascript:window.owned=1'>click</a> [here](javascript:window.owned=1)",
    "\\(\\href{javascript:window.owned=1}{click}\\) and \\(\\url{http://127.0.0.1:9}\\)",
    "\\(\\htmlData{x=1}{y} \\includegraphics{http://127.0.0.1:9/a.png}\\)",
    "\\(\\def\\a{\\a\\a}\\a\\) and \\(\\rule{1000em}{1000em}\\)",
    "\u202egnp.exe\u202c \u200bzero\u200b",
    "\\(\\frac{1}{ unclosed, $ \\[ \\begin{align} more",
    "{{ 7 * 7 }} ${window.owned = 1} <!-- ]]> &lt;b&gt;",
]
MATHS = "Take \\(x^2 = 4\\).\n\nThen \\( 6 \\times 14 = 94 \\), so \\[ \\frac{94}{2} = 47. \\]"
Driver = Any


@pytest.fixture(scope="module")
def browser() -> Iterator[Driver]:
    options = Options()
    options.binary_location = str(BROWSER)
    for argument in ("--headless=new", "--no-sandbox", "--disable-gpu", "--window-size=1280,900"):
        options.add_argument(argument)
    options.set_capability("goog:loggingPrefs", {"browser": "ALL", "performance": "ALL"})
    driver = webdriver.Chrome(options=options, service=Service(str(DRIVER)))
    yield driver
    driver.quit()


def until(browser: Driver, holds: Callable[[Driver], Any], seconds: float = 30) -> Any:
    passing = (NoSuchElementException, StaleElementReferenceException)  # while a view is replaced
    return WebDriverWait(browser, seconds, 0.05, passing).until(holds)


def ready(browser: Driver) -> Any:
    return browser.execute_script("return document.documentElement.dataset.ready")


def shown(browser: Driver, name: str) -> bool:
    return not browser.find_element(By.ID, name).get_property("hidden")


def titles(browser: Driver) -> list[str]:
    return [link.text for link in browser.find_elements(By.CSS_SELECTOR, "#traces tbody a")]


def press(browser: Driver, key: str) -> None:
    ActionChains(browser).send_keys(key).perform()


def choose(browser: Driver, name: str, value: str) -> None:
    browser.execute_script(
        "const f = document.getElementById('filters'); f[arguments[0]].value = arguments[1];"
        "f.dispatchEvent(new Event('input', {bubbles: true}))",
        name,
        value,
    )


def requests(browser: Driver) -> list[str]:
    """Addresses that the page asked for, other than itself and what it holds."""
    import json

    asked = []
    for entry in browser.get_log("performance"):
        message = json.loads(entry["message"])["message"]
        if message["method"] == "Network.requestWillBeSent":
            asked.append(message["params"]["request"]["url"])
    return [url for url in asked if not url.startswith(("file:", "data:"))]


def written(folder: Path, traces: list[Any], name: str = "page.html") -> str:
    page = Page("a report")
    for trace in traces:
        page.add(trace, audit(trace))
    page.write(folder / name)
    return (folder / name).as_uri()


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> str:
    problem = "A shop packs 6 boxes with 14 jars each. How many jars?"
    texts = {
        "right": "6 * 14 = 84.\n\nThe answer is 84.",
        "false": "6 * 14 = 84.\n\nTwice that is 84 * 2 = 178.\n\nThe answer is 178.",
        "maths": MATHS,
    }
    traces = [
        trace_of(id, problem, response=text, answer="84" if id != "maths" else None, domain=id)
        for id, text in texts.items()
    ]
    traces += [trace_of(f"hostile {i}", text, response=text) for i, text in enumerate(HOSTILE)]
    return written(tmp_path_factory.mktemp("page"), traces)


@pytest.fixture
def opened(browser: Driver, page: str) -> Driver:
    browser.get("about:blank")
    browser.get(page)
    until(browser, ready)
    browser.get_log("performance")
    return browser


def test_filters_and_sorting(opened: Driver) -> None:
    assert len(titles(opened)) == 3 + len(HOSTILE)
    choose(opened, "outcome", "1")
    assert titles(opened) == ["right"]
    choose(opened, "outcome", "0")
    assert titles(opened) == ["false"]
    choose(opened, "outcome", "")
    choose(opened, "fault", "refuted")
    assert set(titles(opened)) == {"false", "maths"}
    opened.find_element(By.CSS_SELECTOR, "button.tile.jump").click()
    assert titles(opened) == []
    choose(opened, "fault", "")
    choose(opened, "text", "HOSTILE 1")
    assert titles(opened) == ["hostile 1"]
    choose(opened, "text", "")
    button = opened.find_element(By.CSS_SELECTOR, "[data-sort=id]")
    button.click()
    assert titles(opened)[0] == "false"
    button.click()
    assert titles(opened)[0] == "right"
    assert button.find_element(By.XPATH, "..").get_attribute("aria-sort") == "descending"


def test_the_first_wrong_step_is_two_clicks_away(opened: Driver) -> None:
    opened.find_element(By.LINK_TEXT, "false").click()
    until(opened, lambda b: shown(b, "trace"))
    said = opened.find_element(By.CLASS_NAME, "verdict").text
    assert "First error in step 1" in said
    assert "168" in said  # what is right, before anything is clicked
    opened.find_element(By.CLASS_NAME, "jumpto").click()
    step = opened.switch_to.active_element
    assert step.get_attribute("id") == "step-1"
    assert "168" in step.text  # what is right
    link = opened.current_url
    opened.back()
    until(opened, lambda b: shown(b, "list"))
    opened.get("about:blank")
    opened.get(link)  # a link to one trace opens it
    until(opened, lambda b: ready(b) and shown(b, "trace"))
    assert opened.find_element(By.TAG_NAME, "h2").text == "false"


def test_the_keyboard_does_everything(opened: Driver) -> None:
    press(opened, "j")
    press(opened, "j")
    assert opened.switch_to.active_element.text == "false"
    press(opened, Keys.ENTER)
    until(opened, lambda b: shown(b, "trace"))
    press(opened, "n")
    assert opened.switch_to.active_element.get_attribute("id") == "step-1"
    press(opened, Keys.TAB)  # to a mark, whose evidence shows on focus
    tip = opened.find_element(By.ID, "tip")
    until(opened, lambda b: tip.is_displayed())
    assert "168" in tip.text
    press(opened, "k")
    until(opened, lambda b: b.find_element(By.TAG_NAME, "h2").text == "right")
    press(opened, Keys.ESCAPE)
    until(opened, lambda b: shown(b, "list"))
    press(opened, "/")
    assert opened.switch_to.active_element.get_attribute("name") == "text"


def test_mathematics_is_typeset_and_its_source_a_key_away(opened: Driver) -> None:
    if not opened.execute_script("return typeof katex !== 'undefined'"):
        pytest.skip("KaTeX is not there: make katex")
    opened.find_element(By.LINK_TEXT, "maths").click()
    until(opened, lambda b: shown(b, "trace"))
    assert len(opened.find_elements(By.CSS_SELECTOR, ".said .katex")) == 3
    marks = opened.find_elements(By.CSS_SELECTOR, ".said mark .katex")
    assert len(marks) == 2  # the claims are marked where they are typeset
    press(opened, "m")
    until(opened, lambda b: not b.find_elements(By.CSS_SELECTOR, ".said .katex"))
    assert "\\frac{94}{2} = 47" in opened.find_element(By.ID, "trace").text
    press(opened, "m")
    until(opened, lambda b: b.find_elements(By.CSS_SELECTOR, ".said .katex"))


def test_what_the_answer_rests_on(opened: Driver) -> None:
    opened.find_element(By.LINK_TEXT, "false").click()
    until(opened, lambda b: shown(b, "trace"))
    slice_ = opened.find_element(By.CLASS_NAME, "slice")
    slice_.find_element(By.TAG_NAME, "summary").click()
    lines = [line.text for line in slice_.find_elements(By.TAG_NAME, "li")]
    assert "6 * 14 = 84 step 0" in lines[0]
    assert "84 * 2 = 178 step 1, from 1" in lines[1]
    assert len(slice_.find_elements(By.CSS_SELECTOR, "div > svg > path")) == 1
    slice_.find_elements(By.TAG_NAME, "button")[1].click()
    assert opened.switch_to.active_element.get_attribute("id") == "step-1"


def test_nothing_in_a_trace_runs_or_loads(opened: Driver) -> None:
    for i in range(len(HOSTILE)):
        opened.execute_script("location.hash = ''")
        until(opened, lambda b: shown(b, "list"))
        opened.find_element(By.LINK_TEXT, f"hostile {i}").click()
        until(opened, lambda b: shown(b, "trace"))
        view = opened.find_element(By.ID, "trace")
        assert not view.find_elements(By.CSS_SELECTOR, "script, img, iframe, object, .said a")
        assert not view.find_elements(By.CSS_SELECTOR, "[onerror], [onclick], [href^=javascript]")
        assert opened.execute_script("return document.body.scrollWidth") <= 1400
    assert opened.execute_script("return window.owned") is None
    assert "\u202e" not in opened.find_element(By.ID, "trace").text
    assert opened.title.startswith("a report")
    assert requests(opened) == []
    severe = [e["message"] for e in opened.get_log("browser") if e["level"] == "SEVERE"]
    assert severe == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_no_serious_violation(opened: Driver, scheme: str) -> None:
    from importlib.resources import files

    axe = files("axe_core_python").joinpath("axe.min.js").read_text(encoding="utf-8")
    media = [{"name": "prefers-color-scheme", "value": scheme}]
    opened.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": media})
    for place in ("", "false", "maths"):
        if place:
            opened.execute_script("location.hash = ''")
            until(opened, lambda b: shown(b, "list"))
            opened.find_element(By.LINK_TEXT, place).click()
            until(opened, lambda b: shown(b, "trace"))
            opened.execute_script(
                "document.querySelectorAll('details').forEach(d => d.open = true)"
            )
        opened.execute_script(axe)
        found = opened.execute_async_script(
            "const done = arguments[arguments.length - 1]; axe.run().then(r => done(r.violations))"
        )
        serious = [
            (violation["id"], node["html"])
            for violation in found
            for node in violation["nodes"]
            if violation["impact"] in ("serious", "critical")
        ]
        assert serious == []


def test_ten_thousand_traces_stay_usable(browser: Driver, tmp_path: Path) -> None:
    traces = [
        trace_of(
            f"t{n}",
            f"How much is {n} and {n + 1}, and then twice that?",
            response=f"{n} + {n + 1} = {2 * n + 1}.\n\n{2 * n + 1} * 2 = {4 * n + 2 + n % 7 // 6}.",
        )
        for n in range(10_000)
    ]
    address = written(tmp_path, traces)
    browser.get("about:blank")
    start = time.monotonic()
    browser.get(address)
    until(browser, ready)
    assert time.monotonic() - start < 5  # 0.5 s on two idle cores; the goal is 2 s
    start = time.monotonic()
    choose(browser, "fault", "refuted")
    matching = browser.find_element(By.ID, "matching").text
    assert matching == "1,428 of 10,000"
    browser.find_elements(By.CSS_SELECTOR, "#traces tbody a")[100].click()
    until(browser, lambda b: shown(b, "trace"))
    assert time.monotonic() - start < 5
