"""A partner's contact sends a list: errors by line, mended in place, sent again. By keyboard, without
script."""

import pathlib
import tempfile
import unittest

from selenium.webdriver.common.keys import Keys
from support import crawl
from support.client import Client
from support.instance import Instance
from support.people import at_keyboard

ROSTER = """name,email,language,regime
Nour Fictif-Neuve,nour@exemple-energie.example,en,own-time
Ali Fictif-Sans-Adresse,ali at exemple-energie.example,fr,own-time
Zoé Fictif-Congé,zoe@exemple-energie.example,fr,holiday
"""


class Roster(unittest.TestCase):
    def test_a_list_with_errors_is_refused_line_by_line_and_taken_when_mended(self):
        instance = Instance("partners")
        self.addCleanup(instance.stop)
        client = Client(instance.base).look_around(instance.guides["partner"])
        page = next(a for a in crawl.reach(client) if "/partners/" in a and "/editions/" in a)
        folder = tempfile.mkdtemp()
        bad, good = pathlib.Path(folder, "bad.csv"), pathlib.Path(folder, "good.csv")
        bad.write_text(ROSTER)
        good.write_text(ROSTER.replace("ali at", "ali@").replace("ali@ ", "ali@")
                        .replace("holiday", "own-time"))
        with at_keyboard(instance, client) as browser:
            browser.open(page)
            browser.tab_to_name("csv").send_keys(str(bad))
            browser.press(Keys.TAB, Keys.ENTER)
            self.assertTrue(browser.title.startswith("Error"), browser.title)
            text = browser.main
            self.assertIn("3", text)
            self.assertIn("4", text)
            self.assertNotIn("Nour", [row.text for row in browser.all("tbody th")])
            browser.tab_to_name("csv").send_keys(str(good))
            browser.press(Keys.TAB, Keys.ENTER)
            self.assertFalse(browser.title.startswith("Error"), browser.main)
        edition = instance.edition()
        people = instance.call("GET", f"/editions/{edition}/volunteers?limit=500")["items"]
        added = [one["name"] for one in people if one["email"].split("@")[0] in ("nour", "ali", "zoe")]
        self.assertEqual(len(added), 3)


if __name__ == "__main__":
    unittest.main()
