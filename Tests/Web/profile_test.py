"""Somebody invited by their company completes their profile from the letter. By keyboard, without script."""

import unittest

from selenium.webdriver.common.keys import Keys
from support.browser import Browser
from support.client import Client
from support.instance import Instance
from support.people import people_page

ADDRESS = "nour@exemple-energie.example"


class Profile(unittest.TestCase):
    def test_an_invited_person_completes_the_profile_and_what_is_missing_is_said(self):
        instance = Instance("partners")
        self.addCleanup(instance.stop)
        self.invite(instance)
        letter = instance.letter(ADDRESS, wanted=lambda letter: "Nour" in letter.text)
        with Browser(instance.base, scripts=False) as browser:
            browser.open("/imprint?lang=en")
            browser.open(letter.door(instance.base))
            browser.click("Save my profile")
            browser.expect("Error")
            self.assertEqual(browser.focus.get_attribute("role"), "alert")
            browser.choose("skills[0].skill", "Fac")
            browser.choose("skills[0].level", "4")
            browser.tab_to_name("formats", "remote")
            browser.press(Keys.SPACE)
            browser.tab_to_name("consent")
            browser.press(Keys.SPACE)
            browser.click("Save my profile")
            browser.expect("Saved.")
            self.assertEqual(browser.all("[role=status]")[0].text.split(".")[0], "Saved")
        people = instance.call(
            "GET", f"/editions/{instance.edition()}/volunteers?limit=500")["items"]
        nour = next(one for one in people if one["name"].startswith("Nour"))
        self.assertEqual(nour["state"], "complete")

    def invite(self, instance):
        partner = Client(instance.base).look_around(instance.guides["partner"])
        roster = f"name,email,language,regime\nNour Fictif-Neuve,{ADDRESS},en,own-time\n"
        answer = partner.upload(
            people_page(instance), "partners.keep-roster", "csv", "new.csv", roster.encode())
        self.assertEqual(answer.status, 303, answer.page.text)
        answer = partner.submit(answer.location, "partners.import-kept-roster")
        self.assertEqual(answer.status, 303, answer.page.text)


if __name__ == "__main__":
    unittest.main()
