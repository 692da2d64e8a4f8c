"""Staff call, share the reviews out, prepare each decision and publish them together. By keyboard, without
script."""

import unittest

from support import calls
from support.browser import Browser
from support.instance import Instance
from support.people import guided

NAMES = ("Association Fictif Alouette", "Association Fictif Bergeronnette",
         "Association Fictif Chouette")


def decision(letter):
    """Not the receipt."""
    return "has reached us" not in letter.text


class Deliberation(unittest.TestCase):
    def test_decisions_are_prepared_one_by_one_and_published_together(self):
        instance = Instance("selection")
        self.addCleanup(instance.stop)
        call = calls.opened(instance)
        for name in NAMES:
            calls.handed_in(instance, call, name)

        with guided(instance, "manager") as browser:
            browser.open(f"/calls/{call}")
            browser.click("Close the call")
            browser.click("Close the call", tags=("button",))
            browser.expect("Close the call?")
            browser.click("Yes, close it")
            browser.expect("The call is closed.")
            browser.click("Who reads what")
            browser.click("Assign reviewers")
            browser.expect("Reviewers are assigned, and told.")

            browser.open(f"/calls/{call}/deliberation")
            browser.expect("Every application needs a decision first.")
            self.prepare(browser, NAMES[0], "laureate")
            self.prepare(browser, NAMES[1], "waiting-list", rank="1")
            # A refusal says why.
            self.prepare(browser, NAMES[2], "refused", expect="Error")
            browser.type("reason.fr", "Le projet n’est pas encore assez précis.")
            browser.type("reason.en", "The project is not precise enough yet.")
            browser.click(f"Prepare: {NAMES[2]}")
            browser.expect("Prepared. Nobody is told yet.")
            self.assertEqual(self.letters(instance), [])

            # What will be sent to whom is said before.
            browser.click("Publish the decisions")
            browser.expect("1 are chosen, 1 wait, 1 are refused")
            browser.click("Yes, publish")
            browser.expect("The decisions are published")
        instance.letter("lou@chouette.example",
                        wanted=lambda letter: "not precise enough" in letter.text)
        chosen = instance.letter("lou@alouette.example", wanted=decision)
        self.confirm(instance, chosen)

    def prepare(self, browser, name, decision, rank=None, expect="Prepared. Nobody is told yet."):
        browser.tab_to(lambda e: e.tag_name == "summary" and name in e.text)
        browser.press("\ue007")
        browser.pick("decision", decision)
        if rank:
            browser.type("rank", rank)
        browser.click(f"Prepare: {name}")
        browser.expect(expect)

    def letters(self, instance):
        return [letter for bird in ("alouette", "bergeronnette", "chouette")
                for letter in instance.letters(f"lou@{bird}.example", wanted=decision)]

    def confirm(self, instance, letter):
        """The laureate confirms from the letter, without signing in."""
        with Browser(instance.base, scripts=False) as browser:
            browser.open("/imprint?lang=en")
            browser.open(letter.door(instance.base))
            browser.expect("Your organisation is chosen")
            browser.click("We take part")
            browser.expect("Confirmed.")


if __name__ == "__main__":
    unittest.main()
