"""Chromium, as somebody uses it: with or without scripts, by keyboard alone, narrow or wide."""

import functools
import pathlib
import shutil
import sys
import sysconfig
import time

from selenium import webdriver
from selenium.common.exceptions import WebDriverException
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys

WIDTHS = (320, 1280)


@functools.cache
def axe():
    """axe-core, as `axe-playwright-python` carries it."""
    places = {sysconfig.get_paths()["purelib"], *sys.path}
    for place in places:
        for file in pathlib.Path(place or ".").glob("axe_playwright_python/**/axe.min.js"):
            return file.read_text()
    raise AssertionError("axe.min.js is not there: pip install axe-playwright-python")


class Browser:
    def __init__(self, base, scripts=True):
        self.base, self.scripts = base, scripts
        options = webdriver.ChromeOptions()
        for word in ("--headless=new", "--no-sandbox", "--disable-dev-shm-usage", "--disable-gpu",
                     "--hide-scrollbars", "--lang=en"):
            options.add_argument(word)
        if not scripts:
            options.add_experimental_option(
                "prefs", {"profile.managed_default_content_settings.javascript": 2})
        options.binary_location = shutil.which("chromium")
        # Named, so that nothing is looked for elsewhere.
        self.driver = webdriver.Chrome(
            options=options, service=webdriver.ChromeService(shutil.which("chromedriver")))
        self.width(1280)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.driver.quit()

    # How it looks.

    def width(self, pixels, height=900):
        # A window is never narrower than 500 px; the metrics of a device are.
        self.driver.execute_cdp_cmd(
            "Emulation.setDeviceMetricsOverride",
            {"width": pixels, "height": height, "deviceScaleFactor": 1, "mobile": False})

    def scheme(self, name):
        self.driver.execute_cdp_cmd(
            "Emulation.setEmulatedMedia",
            {"features": [{"name": "prefers-color-scheme", "value": name}]})

    def picture(self, path, whole=True):
        if whole:
            size = self.driver.execute_cdp_cmd("Page.getLayoutMetrics", {})["cssContentSize"]
            width = self.driver.execute_script("return innerWidth") if self.scripts else 1280
            shot = self.driver.execute_cdp_cmd(
                "Page.captureScreenshot",
                {"captureBeyondViewport": True, "format": "png",
                 "clip": {"x": 0, "y": 0, "width": width,
                          "height": min(size["height"], 6000), "scale": 1}})
            import base64
            pathlib.Path(path).write_bytes(base64.b64decode(shot["data"]))
        else:
            self.driver.save_screenshot(str(path))

    # Who it is.

    def wear(self, client):
        """Goes on with the cookies of a plain client."""
        self.driver.execute_cdp_cmd("Network.enable", {})
        self.driver.execute_cdp_cmd("Network.clearBrowserCookies", {})
        for name, value in client.jar.items():
            self.driver.execute_cdp_cmd(
                "Network.setCookie",
                {"name": name, "value": value, "url": self.base, "path": "/", "secure": True,
                 "httpOnly": True, "sameSite": "Lax"})
        return self

    def open(self, path):
        self.driver.get(path if path.startswith("http") else self.base + path)
        return self

    # What it shows.

    @property
    def title(self):
        return self.driver.title

    @property
    def path(self):
        return self.driver.current_url[len(self.base):]

    def path_of(self, link):
        return link.get_attribute("href")[len(self.base):].split("?")[0]

    @property
    def text(self):
        return self.driver.find_element(By.TAG_NAME, "body").text

    @property
    def main(self):
        return self.driver.find_element(By.TAG_NAME, "main").text

    def all(self, css):
        return self.driver.find_elements(By.CSS_SELECTOR, css)

    def one(self, css):
        return self.driver.find_element(By.CSS_SELECTOR, css)

    def expect(self, words, seconds=60):
        """Waits until the page says so: a form was sent, and its answer is there."""
        end = time.monotonic() + seconds
        text = ""
        while time.monotonic() < end:
            try:
                text = self.main
                if words in text or self.title.startswith(words):
                    return
            except WebDriverException:
                pass
            time.sleep(0.1)
        raise AssertionError(f"{words!r} is not on {self.path}: {self.title}\n{text[:1500]}")

    # What somebody with a keyboard alone does.

    @property
    def focus(self):
        return self.driver.switch_to.active_element

    def press(self, *keys):
        for key in keys:
            webdriver.ActionChains(self.driver).send_keys(key).perform()

    def tab_to(self, matches, most=300):
        """Tabs on until the focus is where `matches` says; the element."""
        for _ in range(most):
            self.press(Keys.TAB)
            found = self.focus
            if matches(found):
                return found
        raise AssertionError(f"the keyboard does not reach it on {self.path}")

    def tab_to_name(self, name, value=None):
        return self.tab_to(
            lambda e: e.get_attribute("name") == name
            and (value is None or e.get_attribute("value") == value))

    def tab_to_words(self, words, tags=("a", "button", "summary")):
        """A link, button or summary whose words begin so."""
        return self.tab_to(
            lambda e: e.tag_name in tags and " ".join(e.text.split()).startswith(words))

    def type(self, name, text):
        """Goes to a field by tabs and writes into it, in place of what is there."""
        self.tab_to_name(name)
        webdriver.ActionChains(self.driver).key_down(Keys.CONTROL).send_keys("a").key_up(
            Keys.CONTROL).perform()
        self.press(text)

    def choose(self, name, words):
        """Picks an option of a list by typing its words."""
        self.tab_to_name(name)
        self.press(words)

    def pick(self, name, value):
        """Goes to a group of radio buttons and moves to one of them by arrows."""
        self.tab_to_name(name)
        for _ in range(12):
            found = self.focus
            if found.get_attribute("value") == value:
                self.press(Keys.SPACE)
                return
            self.press(Keys.ARROW_DOWN)
        raise AssertionError(f"{name} has no {value} on {self.path}")

    def choose_either(self, name, value):
        """Picks an option, whether it is one of a list or of a group of buttons."""
        found = self.tab_to_name(name)
        if found.tag_name == "select":
            self.press(value[:2])
            return
        for _ in range(12):
            if self.focus.get_attribute("value") == value:
                self.press(Keys.SPACE)
                return
            self.press(Keys.ARROW_DOWN)
        raise AssertionError(f"{name} has no {value} on {self.path}")

    def tick(self, name, value):
        self.tab_to_name(name, value)
        self.press(Keys.SPACE)

    def click(self, words, tags=("a", "button", "summary")):
        """Presses Enter on what begins with these words."""
        self.tab_to_words(words, tags)
        self.press(Keys.ENTER)
