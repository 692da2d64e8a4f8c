"""A volunteer's months: the profile from the invitation, the offer, hours that the association checks.
By keyboard, without script."""

import unittest

from selenium.webdriver.common.keys import Keys
from support.client import Client
from support.instance import Instance
from support.people import at_keyboard, guided, people_page, signed_in


class Profile(unittest.TestCase):
    def test_an_invited_person_completes_the_profile_and_what_is_missing_is_said(self):
        instance = Instance("partners")
        self.addCleanup(instance.stop)
        edition = instance.edition()
        partner = Client(instance.base).look_around(instance.guides["partner"])
        page = people_page(instance)
        roster = "name,email,language,regime\nNour Fictif-Neuve,nour@exemple-energie.example,en,own-time\n"
        answer = partner.upload(page, "partners.keep-roster", "csv", "new.csv", roster.encode())
        self.assertEqual(answer.status, 303, answer.page.text)
        answer = partner.submit(answer.location, "partners.import-kept-roster")
        self.assertEqual(answer.status, 303, answer.page.text)
        invitation = instance.letter("nour@exemple-energie.example", wanted=lambda letter: True)
        self.assertIn("Nour", invitation.text)
        client = signed_in(instance, "nour@exemple-energie.example")
        with at_keyboard(instance, client) as browser:
            browser.open("/")
            # The first thing that waits is the profile.
            browser.tab_to(lambda e: e.tag_name == "a" and "/profile" in (e.get_attribute("href") or ""))
            browser.press(Keys.ENTER)
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
        states = instance.call("GET", f"/editions/{edition}/volunteers?limit=500")["items"]
        nour = next(one for one in states if one["name"].startswith("Nour"))
        self.assertEqual(nour["state"], "complete")


class Offers(unittest.TestCase):
    """Teams are run and published by the manager; people answer."""

    def test_teams_are_proposed_published_accepted_and_declined(self):
        instance = Instance("partners")
        self.addCleanup(instance.stop)
        edition = instance.edition()
        with guided(instance, "manager") as manager:
            manager.open(f"/editions/{edition}/matching")
            manager.click("Propose teams")
            manager.expect("Teams are proposed.")
            manager.tab_to(lambda e: e.tag_name == "a" and "/runs/" in (e.get_attribute("href") or ""))
            manager.press(Keys.ENTER)
            manager.expect("150")
            manager.tab_to_name("confirmBy")
            manager.press("10202020")
            manager.click("Publish these teams")
            # What cannot be undone asks once more, and says what will happen.
            manager.expect("Letters go out at once")
            manager.click("Yes, publish")
            manager.expect("The teams are published.")
        places = instance.call("GET", f"/editions/{edition}/places")
        places = places["items"] if isinstance(places, dict) else places
        people = instance.call("GET", f"/editions/{edition}/volunteers?limit=500")["items"]
        addresses = {one["id"]: one["email"] for one in people}
        first, second = places[0], places[1]
        for place, words in ((first, "I take this place"), (second, "I cannot take it")):
            client = signed_in(instance, addresses[place["volunteer"]])
            with at_keyboard(instance, client) as browser:
                browser.open("/")
                browser.tab_to(
                    lambda e: e.tag_name == "a" and "/places/" in (e.get_attribute("href") or ""))
                browser.press(Keys.ENTER)
                browser.expect("This place is offered to you")
                browser.click(words)
                if place is second:
                    browser.type("reason", "My company moves that week.")
                    browser.click("Decline the place")
                    browser.expect("Thank you for saying so")
                else:
                    browser.expect("You have the place.")
        places = instance.call("GET", f"/editions/{edition}/places")
        places = places["items"] if isinstance(places, dict) else places
        states = {one["id"]: one["state"] for one in places}
        self.assertEqual(states[first["id"]], "confirmed")
        self.assertEqual(states[second["id"]], "declined")
        # The next person is asked at once.
        self.assertEqual(sum(one["brief"] == second["brief"] and one["role"] == second["role"]
                             and one["state"] == "offered" for one in places) > 0, True)


class Hours(unittest.TestCase):
    def test_hours_are_logged_in_one_line_returned_corrected_and_validated(self):
        instance = Instance("matching")
        self.addCleanup(instance.stop)
        with guided(instance, "member") as member, guided(instance, "volunteer") as volunteer:
            member.open("/missions")
            member.tab_to(lambda e: e.tag_name == "a" and "/missions/" in (e.get_attribute("href") or ""))
            member.press(Keys.ENTER)
            member.expect("Team")
            mission = member.path.split("?")[0]
            # Staff say that a team has started.
            instance.call("POST", f"{mission}/start")

            volunteer.open(mission + "/hours")
            volunteer.type("minutes", "7")
            volunteer.press(Keys.ENTER)
            # What is wrong is said at the field, and what was typed is there.
            volunteer.expect("Error")
            self.assertEqual(volunteer.one("[name=minutes]").get_attribute("value"), "7")
            volunteer.type("minutes", "90")
            volunteer.type("note", "Reading what there is")
            volunteer.click("Log it")
            volunteer.expect("Logged.")

            member.open(mission + "/hours")
            member.click("Return")
            member.type("remark", "Was it not one hour?")
            member.press(Keys.TAB, Keys.ENTER)
            member.expect("Returned.")

            volunteer.open(mission + "/hours")
            volunteer.expect("Was it not one hour?")
            # The line to correct comes after the line to log: its field is the last of that name.
            field = volunteer.all("[name=minutes]")[-1].id
            volunteer.tab_to(lambda e: e.id == field)
            volunteer.press(Keys.BACKSPACE * 4, "60", Keys.ENTER)
            volunteer.expect("Sent again.")
            member.open(mission + "/hours")
            member.click("Validate")
            member.expect("Validated.")


if __name__ == "__main__":
    unittest.main()
