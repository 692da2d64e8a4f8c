"""A partner's contact sends a list: errors by line, mended in place, sent again. By keyboard, without
script."""

import pathlib
import tempfile
import unittest

from support.client import Client
from support.instance import Instance
from support.people import at_keyboard, people_page

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
        page = people_page(instance)
        file = pathlib.Path(tempfile.mkdtemp(), "people.csv")
        file.write_text(ROSTER)
        with at_keyboard(instance, client) as browser:
            browser.open(page)
            browser.tab_to_name("csv").send_keys(str(file))
            browser.click("Check the list")
            # Nobody is registered before it is right; what is wrong is said by line.
            browser.expect("Line 3")
            browser.expect("Line 4")
            self.assertEqual(self.registered(instance), [])
            browser.type("lines[0].cells.c1", "ali@exemple-energie.example")
            browser.type("lines[1].cells.c3", "own-time")
            browser.click("Correct these lines")
            browser.expect("Corrected, and read again.")
            browser.click("Register these people")
            browser.expect("The list is in.")
        self.assertEqual(self.registered(instance), ["ali", "nour", "zoe"])

    def registered(self, instance):
        edition = instance.edition()
        people = instance.call("GET", f"/editions/{edition}/volunteers?limit=500")["items"]
        names = [one["email"].split("@")[0] for one in people]
        return sorted(name for name in names if name in ("nour", "ali", "zoe"))


if __name__ == "__main__":
    unittest.main()
