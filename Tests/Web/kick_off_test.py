"""The kick-off days become remote a fortnight before: one change, and everybody knows. By keyboard, without
script."""

import unittest

from selenium.webdriver.common.keys import Keys
from support.client import Client
from support.instance import Instance
from support.people import at_keyboard, guided, own_mission


class KickOff(unittest.TestCase):
    def test_the_manager_switches_it_to_remote_and_every_session_says_so(self):
        instance = Instance("matching")
        self.addCleanup(instance.stop)
        volunteer = at_keyboard(instance, Client(instance.base).look_around(
            instance.guides["volunteer"]))
        self.addCleanup(volunteer.driver.quit)
        mission = own_mission(volunteer)
        with guided(instance, "manager") as manager:
            manager.open("/")
            manager.click("Editions")
            manager.click("Édition 2020")
            manager.click("Dates, format, calendar")
            manager.pick("format", "remote")
            manager.click("Change the format")
            manager.expect("Every session to come is announced anew")
            manager.click("Yes, change it")
            manager.expect("Changed: everybody concerned gets a letter.")
        volunteer.open(mission)
        volunteer.tab_to(
            lambda e: e.tag_name == "a" and "/sessions/" in (e.get_attribute("href") or ""))
        volunteer.press(Keys.ENTER)
        volunteer.expect("Remote")


if __name__ == "__main__":
    unittest.main()
