"""Walks the portal with a browser: each page, in both languages, at 320 and 1280 px, with axe-core;
then the first journey without scripts and by the keyboard alone.

    python walk.py http://127.0.0.1:8080 axe.min.js [folder for pictures]
"""

import pathlib
import sys

from selenium import webdriver
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys

# What anybody may open, whatever the instance holds.
PATHS = ["/", "/sign-in", "/sign-in/code", "/accessibility", "/privacy", "/imprint", "/nothing-here"]
WIDTHS = [320, 1280]


def browser(scripts=True):
    options = webdriver.ChromeOptions()
    for word in ["--headless=new", "--no-sandbox", "--disable-dev-shm-usage"]:
        options.add_argument(word)
    if not scripts:
        options.add_experimental_option(
            "prefs", {"profile.managed_default_content_settings.javascript": 2}
        )
    return webdriver.Chrome(options=options)


def look(driver, width):
    # A window is never narrower than 500 px; the metrics of a device are.
    driver.execute_cdp_cmd(
        "Emulation.setDeviceMetricsOverride",
        {"width": width, "height": 900, "deviceScaleFactor": 1, "mobile": False},
    )


def faults(driver, axe):
    driver.execute_script(axe)
    found = driver.execute_async_script(
        "const done = arguments[0]; axe.run().then(r => done(r.violations.map("
        "v => v.id + ': ' + v.nodes.map(n => n.html.slice(0, 120)).join(' | '))))"
    )
    if driver.execute_script("return document.documentElement.scrollWidth > innerWidth + 1"):
        found.append("the page scrolls sideways")
    return found


def walk(base, axe, pictures):
    wrong = 0
    driver = browser()
    for path in PATHS:
        for language in ["fr", "en"]:
            for width in WIDTHS:
                look(driver, width)
                driver.get(f"{base}{path}?lang={language}")
                found = faults(driver, axe)
                if driver.find_element(By.TAG_NAME, "html").get_attribute("lang") != language:
                    found.append("not in the language asked for")
                if len(driver.find_elements(By.TAG_NAME, "h1")) != 1:
                    found.append("not one h1")
                for fault in found:
                    wrong += 1
                    print(f"✘ {path} {language} {width}: {fault}")
                if pictures:
                    name = (path.strip("/").replace("/", "-") or "home") + f"-{language}-{width}.png"
                    driver.save_screenshot(str(pictures / name))
    driver.quit()
    return wrong


def journey(base):
    """A wrong address, mended, with the keyboard alone and no script."""
    driver = browser(scripts=False)
    try:
        driver.get(f"{base}/sign-in?lang=en")
        fields = driver.find_elements(By.NAME, "email")
        if not fields:
            print("– signing in is not offered by this instance")
            return 0
        for _ in range(20):
            driver.switch_to.active_element.send_keys(Keys.TAB)
            if driver.switch_to.active_element.get_attribute("name") == "email":
                break
        driver.switch_to.active_element.send_keys("nobody" + Keys.ENTER)
        if not driver.title.startswith("Error"):
            print(f"✘ a wrong address: the title is {driver.title}")
            return 1
        if driver.find_element(By.NAME, "email").get_attribute("value") != "nobody":
            print("✘ what was typed is lost")
            return 1
        return 0
    finally:
        driver.quit()


def main():
    base, axe = sys.argv[1].rstrip("/"), pathlib.Path(sys.argv[2]).read_text()
    pictures = pathlib.Path(sys.argv[3]) if len(sys.argv) > 3 else None
    wrong = walk(base, axe, pictures) + journey(base)
    count = len(PATHS) * 2 * len(WIDTHS)
    print(f"{'✘' if wrong else '✓'} {count} views walked, {wrong} faults")
    sys.exit(1 if wrong else 0)


main()
