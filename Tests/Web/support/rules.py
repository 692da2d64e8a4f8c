"""What every page keeps to, whoever opens it."""

from .browser import axe

_AXE = """
const done = arguments[0];
axe.run().then(r => done(r.violations.map(
  v => v.id + ': ' + v.nodes.slice(0, 3).map(n => n.html.slice(0, 160)).join(' | '))))
"""


def faults(browser, language):
    """What is wrong with the page a browser shows, at the width it has."""
    driver = browser.driver
    found = []
    if driver.execute_script("return !window.axe"):
        driver.execute_script(axe())
    found += driver.execute_async_script(_AXE)
    if driver.execute_script("return document.documentElement.scrollWidth > innerWidth + 1"):
        wide = driver.execute_script(
            "return [...document.querySelectorAll('body *')].filter(e => "
            "e.getBoundingClientRect().right > innerWidth + 1).slice(0, 3)"
            ".map(e => e.outerHTML.slice(0, 120))")
        found.append(f"scrolls sideways: {wide}")
    found += driver.execute_script(_SMALL)
    return found


# Targets of 24 px (WCAG 2.2, 2.5.8), but for links within a sentence.
_SMALL = """
return [...document.querySelectorAll('button, summary, input:not([type=hidden]), select, textarea')]
  .filter(e => e.offsetParent && (e.getBoundingClientRect().height < 24
    || e.getBoundingClientRect().width < 24)
    && !(e.type === 'checkbox' || e.type === 'radio'))
  .map(e => 'too small a target: ' + e.outerHTML.slice(0, 100))
"""


def plain_faults(answer, language):
    """What can be seen without a browser."""
    page, text = answer.page, answer.text
    found = []
    if f'<html lang="{language}">' not in text:
        found.append("not in the language asked for")
    if page.headings.count(1) != 1:
        found.append(f"{page.headings.count(1)} titles")
    for before, after in zip(page.headings, page.headings[1:]):
        if after > before + 1:
            found.append(f"h{after} follows h{before}")
    twice = {one for one in page.ids if page.ids.count(one) > 1}
    if twice:
        found.append(f"ids twice: {sorted(twice)}")
    if "style=" in text or "<script" in text:
        found.append("inline style or script")
    if len(page.text) < 60:
        found.append("says next to nothing")
    policy = answer.headers.get("Content-Security-Policy", "")
    if not policy.startswith("default-src 'none'") or "unsafe" in policy:
        found.append(f"policy: {policy}")
    for name, value in [("X-Content-Type-Options", "nosniff"), ("Cache-Control", "no-store"),
                        ("Referrer-Policy", "same-origin")]:
        if answer.headers.get(name) != value:
            found.append(f"{name}: {answer.headers.get(name)}")
    if len(answer.bytes) > 60 * 1024:
        found.append(f"{len(answer.bytes) // 1024} KiB")
    return found
