"""After publication staff let two people change seats, by keyboard and without script. And what people take
away as files."""

import json
import unittest

from selenium.webdriver.common.keys import Keys
from support.client import Client
from support.instance import Instance
from support.people import guided


class ByHand(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.instance = Instance("matching")

    @classmethod
    def tearDownClass(cls):
        cls.instance.stop()

    def test_two_people_change_seats_and_both_are_asked(self):
        edition = self.instance.edition()
        with guided(self.instance, "manager") as manager:
            manager.open(f"/editions/{edition}/places")
            manager.tab_to(
                lambda e: e.tag_name == "a" and "/places/" in (e.get_attribute("href") or ""))
            manager.press(Keys.ENTER)
            manager.click("Change seats with somebody")
            manager.tab_to_name("other")
            manager.press(Keys.ARROW_DOWN)
            manager.type("reason", "They asked for it.")
            manager.type("despite", "Both companies agree.")
            manager.click("Let them change seats")
            manager.expect("Both are asked again by letter")
            manager.click("Yes, ask both")
            manager.expect("Both are asked.")

    def test_where_no_seat_is_free_or_no_team_published_the_page_says_so(self):
        edition = self.instance.edition()
        manager = Client(self.instance.base).look_around(self.instance.guides["administrator"])
        self.assertIn("Every seat is taken.", manager.get(f"/editions/{edition}/offers").page.text)
        early = Instance("partners")
        self.addCleanup(early.stop)
        manager = Client(early.base).look_around(early.guides["manager"])
        page = manager.get(f"/editions/{early.edition()}/offers").page
        self.assertIn("No teams are published yet", page.text)


class Files(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.instance = Instance("matching")

    @classmethod
    def tearDownClass(cls):
        cls.instance.stop()

    def test_a_team_takes_its_dates_along(self):
        volunteer = Client(self.instance.base).look_around(self.instance.guides["volunteer"])
        mission = next(link for link in volunteer.get("/missions").page.links
                       if link.startswith("/missions/"))
        page = volunteer.get(mission).page
        address = next(link for link in page.links if link.endswith("/calendar.ics"))
        answer = volunteer.get(address)
        self.assertTrue(answer.headers["Content-Type"].startswith("text/calendar"))
        self.assertIn("attachment", answer.headers["Content-Disposition"])
        lines = answer.bytes.split(b"\r\n")
        self.assertEqual((lines[0], lines[-2]), (b"BEGIN:VCALENDAR", b"END:VCALENDAR"))
        self.assertIn(b"BEGIN:VEVENT", lines)
        self.assertTrue(all(len(line) <= 75 for line in lines))
        # Under the ids that letters and calendars to follow give them, so that they are one.
        made = self.instance.call(
            "POST", "/calendars", {"mission": mission.split("/")[2].split("?")[0]})
        followed = Client(self.instance.base).get(made["path"]).bytes.split(b"\r\n")
        ids = {line for line in lines if line.startswith(b"UID:")}
        self.assertTrue(ids)
        self.assertLessEqual(ids, {line for line in followed if line.startswith(b"UID:")})
        # Nobody else does.
        self.assertEqual(Client(self.instance.base).get(address).status, 303)

    def test_somebody_sees_and_takes_what_is_kept_about_them(self):
        client = Client(self.instance.base).look_around(self.instance.guides["partner"])
        self.assertIn("/my-data", client.get("/account").page.links)
        page = client.get("/my-data").page
        self.assertIn("What it is kept for", page.text)
        answer = client.get("/my-data.json")
        self.assertIn("attachment", answer.headers["Content-Disposition"])
        self.assertTrue(json.loads(answer.text)["records"])

    def test_a_list_in_parts_is_one_file(self):
        manager = Client(self.instance.base).look_around(self.instance.guides["manager"])
        edition = self.instance.edition()
        page = manager.get(f"/editions/{edition}/places").page
        self.assertTrue(any("after=" in link for link in page.links))
        whole = self.instance.call("GET", f"/editions/{edition}/places?limit=500")["items"]
        answer = manager.get(f"/editions/{edition}/places?csv=0")
        self.assertEqual(len(answer.text.strip().splitlines()), len(whole) + 1)


if __name__ == "__main__":
    unittest.main()
