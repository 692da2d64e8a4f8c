"""A mission ends: what is open is settled, it is closed, and both sides say what it was worth. By keyboard,
without script."""

import unittest

from support.instance import Instance
from support.people import guided, shared_mission


class Closing(unittest.TestCase):
    def test_a_mission_is_settled_closed_and_evaluated(self):
        instance = Instance("matching")
        self.addCleanup(instance.stop)
        with guided(instance, "manager") as manager, guided(instance, "member") as member, \
                guided(instance, "volunteer") as volunteer:
            mission = shared_mission(volunteer, member)
            manager.open(mission)
            manager.click("Start the mission")
            manager.expect("The team and the organisation are told")
            manager.click("Yes, start it")
            manager.expect("The mission is under way.")
            # It cannot be closed before anything is handed in, and it says so.
            manager.expect("keeps it from closing")
            self.hand_in(volunteer, mission)
            member.open(mission)
            member.click("Accept it")
            member.expect("Accepted; the team is told.")
            self.settle(instance, manager, mission)
            manager.click("Close the mission")
            manager.expect("Everybody is thanked")
            manager.click("Yes, close it")
            manager.expect("The mission is closed.")
            self.evaluate(volunteer, mission)
            self.evaluate(member, mission)

    def hand_in(self, volunteer, mission):
        volunteer.open(mission)
        volunteer.click("Hand something in")
        volunteer.type("title", "Action plan")
        volunteer.type("summary", "Ten steps, who does them, and by when.")
        volunteer.click("Hand it in")
        volunteer.expect("Handed in.")

    def settle(self, instance, manager, mission):
        """What still keeps it from closing, each on its page."""
        manager.open(mission)

    def evaluate(self, browser, mission):
        browser.open(mission)
        browser.click("What the mission was worth")
        browser.type("satisfaction", "5")
        browser.type("comment", "We still use it.")
        browser.click("Send my answer")
        browser.expect("Thank you")


if __name__ == "__main__":
    unittest.main()
