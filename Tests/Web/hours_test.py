"""Hours: a line logged, returned and corrected; a week at once; the association validates. By keyboard,
without script."""

import unittest

from selenium.webdriver.common.keys import Keys
from support.instance import Instance
from support.people import guided, shared_mission


class Hours(unittest.TestCase):
    def setUp(self):
        self.instance = Instance("matching")
        self.addCleanup(self.instance.stop)

    def test_hours_are_logged_line_by_line_and_by_the_week_returned_corrected_validated(self):
        with guided(self.instance, "volunteer") as volunteer, \
                guided(self.instance, "member") as member:
            mission = shared_mission(volunteer, member)
            # Staff say that a team has started.
            self.instance.call("POST", f"{mission}/start")
            self.log_one(volunteer, mission)
            member.open(mission)
            member.click("Check hours")
            member.click("Return")
            member.type("remark", "Was it not one hour?")
            member.press(Keys.TAB, Keys.ENTER)
            member.expect("Returned.")
            self.correct(volunteer, mission)
            self.log_week(volunteer, mission)
            member.open(mission + "/hours")
            self.assertGreater(len(member.all("form.only button")), 2)
            member.click("Validate all")
            member.click("Yes, all of them")
            member.expect("Validated.")
            self.assertEqual(len(member.all("form.only button")), 0)

    def log_one(self, volunteer, mission):
        volunteer.open(mission)
        volunteer.click("Log time")
        volunteer.type("minutes", "7")
        volunteer.press(Keys.ENTER)
        # What is wrong is said at the field, and what was typed is there.
        volunteer.expect("Error")
        self.assertEqual(volunteer.one("[name=minutes]").get_attribute("value"), "7")
        volunteer.type("minutes", "90")
        volunteer.type("note", "Reading what there is")
        volunteer.click("Log it")
        volunteer.expect("Logged.")

    def correct(self, volunteer, mission):
        volunteer.open(mission + "/hours")
        volunteer.expect("Was it not one hour?")
        # The line to correct comes after the line to log: its field is the last of that name.
        field = volunteer.all("[name=minutes]")[-1].id
        volunteer.tab_to(lambda e: e.id == field)
        volunteer.press(Keys.BACKSPACE * 4, "60", Keys.ENTER)
        volunteer.expect("Sent again.")

    def log_week(self, volunteer, mission):
        volunteer.open(mission)
        volunteer.click("Log a whole week")
        volunteer.type("days[0].minutes", "120")
        volunteer.type("days[0].note", "Interviews")
        volunteer.type("days[3].minutes", "45")
        volunteer.click("Log the week")
        volunteer.expect("Logged")
        self.assertIn("Interviews", volunteer.main)


if __name__ == "__main__":
    unittest.main()
