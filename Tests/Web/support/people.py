"""Actors of the edition, at a browser without scripts and with a keyboard alone."""

from selenium.webdriver.common.keys import Keys

from .browser import Browser
from .client import Client


def signed_in(instance, address):
    """A plain client that came in by a letter's code."""
    client = Client(instance.base)
    before = len(instance.letters(address))
    client.submit("/sign-in", "web.sign-in", {"email": address})
    answer = client.submit("/sign-in/code", "web.code",
                           {"code": instance.letter(address, before).code})
    assert answer.status == 303, answer.page.text
    return client


def at_keyboard(instance, client):
    """A browser without scripts that goes on with a client's session, in English."""
    client.get("/?lang=en")
    browser = Browser(instance.base, scripts=False)
    browser.open("/imprint")
    return browser.wear(client)


def guided(instance, hat):
    return at_keyboard(instance, Client(instance.base).look_around(instance.guides[hat]))


def people_page(instance, partner="Exemple Énergie SA"):
    """Where a partner's people are listed."""
    found = next(one for one in instance.call("GET", "/partners") if one["name"] == partner)
    return f"/partners/{found['id']}/editions/{instance.edition()}"


def own_mission(browser):
    """The first of one's missions, reached from the menu; its path."""
    browser.open("/missions")
    browser.tab_to(lambda e: e.tag_name == "a" and "/missions/" in (e.get_attribute("href") or ""))
    browser.press(Keys.ENTER)
    browser.expect("Team")
    return browser.path.split("?")[0]


def shared_mission(*browsers):
    """The path of a mission that all of them have in their lists."""
    lists = []
    for browser in browsers:
        browser.open("/missions")
        lists.append({browser.path_of(link) for link in browser.all("main a[href*='/missions/']")})
    return sorted(set.intersection(*lists))[0]
