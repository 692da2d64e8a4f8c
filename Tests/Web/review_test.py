"""A reviewer reads, scores beside the application, and steps back from one they know. By keyboard, without
script."""

import unittest

from selenium.webdriver.common.keys import Keys
from support import calls
from support.instance import Instance
from support.people import guided


class Review(unittest.TestCase):
    def test_a_reviewer_scores_and_declares_a_conflict(self):
        instance = Instance("selection")
        self.addCleanup(instance.stop)
        call = calls.opened(instance)
        first = calls.handed_in(instance, call, "Association Fictif Merle")
        second = calls.handed_in(instance, call, "Association Fictif Grive")
        calls.closed(instance, call)
        reviewers = instance.call("GET", "/reviewers")
        reviewers = reviewers["items"] if isinstance(reviewers, dict) else reviewers
        me = next(one for one in reviewers if one["email"] == "adele.fictif-jure@jury.example")
        for application in (first, second):
            instance.call("POST", f"/applications/{application}/reviews", {"reviewer": me["id"]})

        with guided(instance, "reviewer") as browser:
            browser.open("/")
            browser.click("Write 2 reviews")
            browser.expect("My reviews")
            browser.click("Association Fictif Grive")
            # What is judged stands beside the criteria.
            browser.expect("mends what is broken")
            browser.click("Save the review")
            browser.expect("Error")
            self.assertEqual(browser.focus.get_attribute("role"), "alert")
            browser.choose("scores.use", "4")
            browser.choose("scores.care", "3")
            browser.type("comment", "Clear, and close to people.")
            browser.click("Save the review")
            browser.expect("The review is in.")
            self.assertIn("written", browser.main)
            # It can be read and changed again until the jury has decided.
            browser.click("Association Fictif Grive")
            browser.expect("Your review")
            self.assertEqual(browser.one("[name='scores.use']").get_attribute("value"), "4")
            browser.open("/reviews")
            browser.click("Association Fictif Merle")
            browser.click("I know this organisation too well")
            browser.type("reason", "My sister works there.")
            browser.click("Somebody else reads it")
            browser.expect("somebody else will read it")
            self.assertNotIn("Merle", browser.main)

        self.assertEqual(
            instance.rows(
                "SELECT COUNT(*) FROM applications_review WHERE call_id = ? AND scored_at IS NOT NULL",
                call), [(1,)])


if __name__ == "__main__":
    unittest.main()
