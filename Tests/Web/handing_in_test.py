"""A deliverable with its files: handed in with a file dialogue and no script, added to, downloaded by the
association, refused where it is not what it says."""

import pathlib
import tempfile
import unittest

from selenium.webdriver.common.by import By
from support.client import Client
from support.instance import Instance
from support.people import at_keyboard, guided, shared_mission

PDF = b"%PDF-1.7\n" + bytes(range(256)) * 8000


class HandingIn(unittest.TestCase):
    def setUp(self):
        self.instance = Instance("matching")
        self.addCleanup(self.instance.stop)
        self.folder = pathlib.Path(tempfile.mkdtemp(dir=self.instance.folder))

    def file(self, name, content):
        (self.folder / name).write_bytes(content)
        return str(self.folder / name)

    def test_a_team_hands_files_in_and_the_association_takes_them(self):
        association = Client(self.instance.base).look_around(self.instance.guides["member"])
        with guided(self.instance, "volunteer") as volunteer, \
                at_keyboard(self.instance, association) as member:
            mission = shared_mission(volunteer, member)
            self.instance.call("POST", f"{mission}/start")
            volunteer.open(mission)
            volunteer.click("Hand something in")
            volunteer.type("title", "Plan")
            volunteer.type("summary", "What to do next year")
            # The dialogue of the system is not the page's: the path is what it would give.
            volunteer.one("[name=file]").send_keys(self.file("Plan d’été.pdf", PDF))
            volunteer.click("Hand it in", ("button",))
            volunteer.expect("Handed in.")
            self.assertIn("Plan d’été.pdf", volunteer.main)
            page = volunteer.path
            volunteer.one("[name=file]").send_keys(self.file("page.pdf", b"<script>alert(1)</script>"))
            volunteer.click("Add the file", ("button",))
            volunteer.expect("Error")
            self.assertIn("no kind that is taken", volunteer.main)
            volunteer.one("[name=file]").send_keys(self.file("notes.txt", "été".encode()))
            volunteer.click("Add the file", ("button",))
            volunteer.expect("The file is there.")
            member.open(page)
            for words in ("Plan d’été.pdf", "notes.txt", "Accept it"):
                self.assertIn(words, member.main)
            link = member.driver.find_element(By.PARTIAL_LINK_TEXT, "Plan").get_attribute("href")
        answer = association.get(link[len(self.instance.base):])
        self.assertEqual(answer.bytes, PDF)
        self.assertTrue(answer.headers["Content-Disposition"].startswith("attachment"))
        self.assertEqual(answer.headers["Content-Security-Policy"], "default-src 'none'; sandbox")
        self.assertEqual(answer.headers["X-Content-Type-Options"], "nosniff")
        for hat in ("partner", "reviewer", "agency"):
            other = Client(self.instance.base).look_around(self.instance.guides[hat])
            self.assertIn(other.get(link[len(self.instance.base):]).status, (403, 404))
        self.assertEqual(Client(self.instance.base).get(link[len(self.instance.base):]).status, 303)


if __name__ == "__main__":
    unittest.main()
