"""An association applies: registered, signed in, written by two members at once, handed in. By keyboard,
without script."""

import unittest

from selenium.webdriver.common.keys import Keys
from support import calls
from support.browser import Browser
from support.instance import Instance
from support.people import at_keyboard, signed_in

LEAD, COLLEAGUE = "alix@atelier-fictif.example", "noa@atelier-fictif.example"


class Apply(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.instance = Instance("selection")
        cls.call = calls.opened(cls.instance)

    @classmethod
    def tearDownClass(cls):
        cls.instance.stop()

    def test_an_association_registers_writes_with_a_colleague_and_submits(self):
        instance = self.instance
        with Browser(instance.base, scripts=False) as lead:
            self.register(lead)
            self.sign_in(lead)
            lead.click("Calls for applications")
            lead.click(calls.TITLE)
            lead.click("Begin or go on with our application")
            lead.expect("Your draft is here.")
            application = lead.path.split("?")[0]
            self.invite(lead)
            with at_keyboard(instance, signed_in(instance, COLLEAGUE)) as colleague:
                # What waits leads to the draft.
                colleague.open("/")
                colleague.click("Complete and submit the application")
                colleague.expect("Not handed in yet")
                self.write_at_once(lead, colleague, application)
                self.settle_a_clash(lead, colleague, application)
                # A writer does not submit.
                colleague.open(application + "/check")
                colleague.expect("Answers are missing")
            self.hand_in(lead, application)
        receipt = instance.letter(LEAD, wanted=lambda letter: "has reached us" in letter.text)
        self.assertIn("Atelier Fictif", receipt.subject)

    def register(self, lead):
        lead.open("/?lang=en")
        lead.click("Calls for applications")
        lead.click(calls.TITLE)
        lead.click("Register an association")
        lead.type("name", "Atelier Fictif")
        lead.choose_either("kind", "association")
        lead.type("territory", "FR-IDF")
        lead.tab_to_name("foundedOn")
        lead.press("05172011")
        lead.type("contact.name", "Alix Fictif-Atelier")
        lead.type("contact.email", LEAD)
        lead.choose_either("contact.language", "en")
        lead.click("Register")
        lead.expect("Registered.")

    def sign_in(self, lead):
        before = len(self.instance.letters(LEAD))
        lead.click("Sign in")
        lead.type("email", LEAD)
        lead.press(Keys.ENTER)
        lead.expect("code")
        lead.type("code", self.instance.letter(LEAD, before).code)
        lead.press(Keys.ENTER)
        lead.expect("What waits for you")

    def invite(self, lead):
        lead.click("Invite a colleague")
        lead.click("Add a colleague")
        lead.type("name", "Noa Fictif-Collègue")
        lead.type("email", COLLEAGUE)
        lead.choose_either("language", "en")
        lead.click("Add them")
        lead.expect("Added:")
        self.assertIn("Noa", lead.main)

    def write_at_once(self, lead, colleague, application):
        """Both open the same part; each writes another answer; both stay."""
        lead.open(application + "/sections/1")
        colleague.open(application + "/sections/1")
        lead.type("answers.purpose", "We repair bicycles.")
        lead.click("Save, next part")
        lead.expect("Saved.")
        colleague.type("answers.people", "400")
        colleague.click("Save, next part")
        colleague.expect("Saved.")
        colleague.open(application + "/sections/1")
        self.assertEqual(
            colleague.one("[name='answers.purpose']").get_attribute("value"), "We repair bicycles.")
        self.assertEqual(colleague.one("[name='answers.people']").get_attribute("value"), "400")

    def settle_a_clash(self, lead, colleague, application):
        """Both write the same answer: the second sees both texts, and says which holds."""
        lead.open(application + "/sections/1")
        colleague.open(application + "/sections/1")
        lead.type("answers.purpose", "We repair bicycles and lend them.")
        lead.click("Save, next part")
        lead.expect("Saved.")
        colleague.type("answers.purpose", "We repair bicycles with young people.")
        colleague.click("Save, next part")
        colleague.expect("Saved in the meantime:")
        self.assertIn("We repair bicycles and lend them.", colleague.main)
        self.assertEqual(
            colleague.one("[name='answers.purpose']").get_attribute("value"),
            "We repair bicycles with young people.")
        colleague.type("answers.purpose", "We repair bicycles with young people, and lend them.")
        colleague.click("Save, next part")
        colleague.expect("Saved.")

    def hand_in(self, lead, application):
        lead.open(application)
        lead.click("Your project")
        lead.type("answers.project", "A workshop in each district.")
        lead.click("Save, then check")
        lead.expect("Check your answers")
        self.assertIn("with young people, and lend them.", lead.main)
        lead.click("Submit the application")
        lead.expect("its answers no longer change")
        lead.click("Yes, submit")
        lead.expect("Your application is handed in.")
        lead.expect("We have your application")


if __name__ == "__main__":
    unittest.main()
