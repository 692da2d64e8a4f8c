"""The manager makes teams: run, why, keep somebody, run again, compare, publish; volunteers answer from
their letter. By keyboard, without script."""

import unittest

from selenium.webdriver.common.keys import Keys
from support.browser import Browser
from support.instance import Instance
from support.people import guided


class Matching(unittest.TestCase):
    def test_teams_are_run_explained_locked_published_and_answered_from_the_letter(self):
        instance = Instance("partners")
        self.addCleanup(instance.stop)
        edition = instance.edition()
        with guided(instance, "manager") as manager:
            manager.open("/")
            manager.click("Editions")
            manager.click("Édition 2020")
            manager.click("Teams by matching")
            manager.click("Propose teams")
            manager.expect("Teams are proposed.")
            self.open_run(manager, 1)
            self.explain(manager)
            self.lock(manager)
            manager.open(f"/editions/{edition}/matching")
            manager.click("Propose teams")
            manager.expect("Teams are proposed.")
            self.open_run(manager, 2)
            manager.click("Compare with run 1")
            manager.expect("Side by side")
            self.open_run(manager, 2, edition)
            self.publish(manager)
        self.answer(instance, edition)

    def places(self, instance, edition):
        return instance.call("GET", f"/editions/{edition}/places?limit=500")["items"]

    def open_run(self, manager, number, edition=None):
        if edition:
            manager.open(f"/editions/{edition}/matching")
        manager.tab_to(lambda e: e.tag_name == "a" and "/runs/" in (e.get_attribute("href") or "")
                       and e.text.strip() == str(number))
        manager.press(Keys.ENTER)
        manager.expect(f"Run {number}")

    def explain(self, manager):
        """A team, why somebody is in it, and what would be without them."""
        for kind in ("/teams/", "/volunteers/"):
            manager.tab_to(
                lambda e, kind=kind: e.tag_name == "a" and kind in (e.get_attribute("href") or ""))
            manager.press(Keys.ENTER)
        manager.expect("Roles they could take")
        manager.click("What if they were not there?")
        manager.expect("Seats filled, before and after")
        manager.driver.back()
        manager.expect("Roles they could take")

    def lock(self, manager):
        manager.click("Keep in a role in every run")
        manager.type("reason", "The association asked for them.")
        manager.click("Keep", tags=("button",))
        manager.expect("Every run keeps to it.")
        manager.expect("The association asked for them.")

    def publish(self, manager):
        manager.click("Who gets which offer")
        manager.expect("Offers that will be sent")
        manager.driver.back()
        manager.expect("Publish")
        manager.tab_to_name("confirmBy")
        manager.press("10202020")
        manager.click("Publish these teams")
        # What cannot be undone asks once more, and says what will happen.
        manager.expect("are offered their place by letter")
        manager.click("Yes, publish")
        manager.expect("The teams are published.")

    def answer(self, instance, edition):
        places = self.places(instance, edition)
        people = instance.call("GET", f"/editions/{edition}/volunteers?limit=500")["items"]
        addresses = {one["id"]: one["email"] for one in people}
        first, second = places[0], places[1]
        for place, words in ((first, "I take this place"), (second, "I cannot take it")):
            letter = instance.letter(
                addresses[place["volunteer"]],
                wanted=lambda letter: place["briefTitle"] in letter.text)
            with Browser(instance.base, scripts=False) as browser:
                browser.open("/imprint?lang=en")
                # The letter opens this page as this person; nobody signs in.
                browser.open(letter.door(instance.base))
                browser.expect("This place is offered to you")
                browser.click(words)
                if place is second:
                    browser.type("reason", "My company moves that week.")
                    browser.click("Decline the place")
                    browser.expect("Thank you for saying so")
                else:
                    browser.expect("You have the place.")
        places = self.places(instance, edition)
        states = {one["id"]: one["state"] for one in places}
        self.assertEqual(states[first["id"]], "confirmed")
        self.assertEqual(states[second["id"]], "declined")
        # The next person is asked at once.
        self.assertTrue(any(
            one["brief"] == second["brief"] and one["role"] == second["role"]
            and one["state"] == "offered" for one in places))


if __name__ == "__main__":
    unittest.main()
