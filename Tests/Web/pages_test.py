"""Every page × hat × language × width: axe-core finds nothing, nothing scrolls sideways, and what
can be told without a browser holds as well."""

import hashlib
import os
import pathlib
import tempfile
import unittest

from support import crawl, rules
from support.browser import WIDTHS, Browser
from support.client import Client
from support.instance import Instance

PICTURES = os.environ.get("PICTURES")


class Pages(unittest.TestCase):
    """The end of the matching has teams, offers and forms; the end of the edition has histories."""

    # Hat, language, kind of page: each is looked at once, whichever process comes first.
    looked = pathlib.Path(os.environ.get("LOOKED") or tempfile.mkdtemp(prefix="parvis-looked-"))

    def is_first(self, *kind):
        self.looked.mkdir(parents=True, exist_ok=True)
        name = hashlib.sha256(repr(kind).encode()).hexdigest()
        try:
            (self.looked / name).touch(exist_ok=False)
            return True
        except FileExistsError:
            return False

    def walk(self, chapter):
        instance = Instance(chapter)
        self.addCleanup(instance.stop)
        hats = {"anyone": None, **instance.guides}
        seen = looked = 0
        with Browser(instance.base) as browser:
            for hat, link in hats.items():
                client = Client(instance.base)
                if link:
                    client.look_around(link)
                for language in ("fr", "en"):
                    client.get(f"/?lang={language}")
                    client.language = language
                    start = crawl.OPEN if hat == "anyone" else ["/", "/account", "/account/safety"]
                    pages = crawl.reach(client, start)
                    self.assertGreater(len(pages), 3)
                    browser.wear(client)
                    for address, answer in pages.items():
                        if "text/html" not in answer.headers.get("Content-Type", ""):
                            continue
                        seen += 1
                        with self.subTest(chapter=chapter, hat=hat, language=language, page=address):
                            expected = 404 if address == "/nothing-here" else 200
                            self.assertEqual(answer.status, expected)
                            found = rules.plain_faults(answer, language)
                            # A browser looks at one page of a kind: the others differ by their rows.
                            kind = (hat, language, crawl.pattern(address))
                            if self.is_first(*kind):
                                looked += 1
                                found += self.looked_at(browser, hat, language, address)
                            self.assertEqual(found, [])
        print(f"  {chapter}: {seen} pages as {len(hats)} hats in two languages, {looked} of them looked at")

    def looked_at(self, browser, hat, language, address):
        """What is wrong with a page, narrow in the dark and wide in the light."""
        found = []
        browser.open(address)
        for width, scheme in zip(WIDTHS, ("dark", "light")):
            browser.width(width)
            browser.scheme(scheme)
            found += [f"{width} {scheme}: {f}" for f in rules.faults(browser, language)]
            if PICTURES:
                browser.scheme("light")
                self.keep(browser, hat, language, address, width)
        return found

    def keep(self, browser, hat, language, address, width):
        name = crawl.pattern(address).strip("/").replace("/", "-").replace("{}", "x") or "home"
        name = name.replace("?", "-").replace("&", "-")
        folder = pathlib.Path(PICTURES) / hat
        folder.mkdir(parents=True, exist_ok=True)
        browser.picture(folder / f"{name}-{language}-{width}.png")

    def test_every_page_while_teams_are_made(self):
        self.walk("matching")

    def test_every_page_when_the_edition_is_over(self):
        self.walk("missions")


if __name__ == "__main__":
    unittest.main()
