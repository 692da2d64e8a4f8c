"""What other people's programs say of a letter. python check.py dkim FILE RECORDS | parse FILE | folder FOLDER | webhook FILE SECRETS | calendar FILE; ends with 0 when all is well."""
import email, email.policy, json, sys

what, path = sys.argv[1:3]
data = b"" if what == "folder" else open(path, "rb").read()
message = email.message_from_bytes(data, policy=email.policy.default)
if what == "dkim":
    import dkim

    records = {k.encode() + b".": v.encode() for k, v in json.loads(sys.argv[3]).items()}
    signatures = len(message.get_all("DKIM-Signature"))
    verifier = dkim.DKIM(data)
    for index in range(signatures):
        assert verifier.verify(idx=index, dnsfunc=lambda name, timeout=5: records[name]), index
    spoiled = data.replace(b"Subject: ", b"Subject: not ", 1)
    for index in range(signatures):
        try:
            assert not dkim.DKIM(spoiled).verify(idx=index, dnsfunc=lambda name, timeout=5: records[name])
        except dkim.ValidationError:
            pass
    assert signatures == len(records), signatures
elif what == "parse":
    assert not message.defects and not [p.defects for p in message.walk() if p.defects]
    types = [part.get_content_type() for part in message.walk() if not part.is_multipart()]
    print(json.dumps(dict(subject=str(message["Subject"]), to=str(message["To"]), types=types,
        text=message.get_body(("plain",)).get_content(), html=message.get_body(("html",)).get_content())))
elif what == "webhook":
    import base64
    from nacl.exceptions import BadSignatureError
    from nacl.signing import VerifyKey
    from standardwebhooks import Webhook, WebhookVerificationError

    hook, secrets = json.loads(data), sys.argv[3:]
    headers, body = hook["headers"], hook["body"]
    for secret in secrets:
        if secret.startswith("whsec_"):
            assert Webhook(secret).verify(body, headers)["type"]
            for spoiled in (body + " ", body.replace("type", "typo")):
                try:
                    Webhook(secret).verify(spoiled, headers)
                    raise SystemExit("a spoiled body was believed")
                except WebhookVerificationError:
                    pass
        else:
            key = VerifyKey(base64.b64decode(secret.removeprefix("whpk_")))
            content = f'{headers["webhook-id"]}.{headers["webhook-timestamp"]}.{body}'.encode()
            (signature,) = [base64.b64decode(s[4:]) for s in headers["webhook-signature"].split(" ") if s.startswith("v1a,")]
            key.verify(content, signature)
            try:
                key.verify(content + b" ", signature)
                raise SystemExit("a spoiled body was believed")
            except BadSignatureError:
                pass
    assert len(headers["webhook-signature"].split(" ")) == len(secrets), headers
elif what == "calendar":
    import icalendar, vobject

    text = data.decode()
    calendar = icalendar.Calendar.from_ical(text)
    events = calendar.walk("VEVENT")
    assert not calendar.errors and not [e.errors for e in events if e.errors]
    other = vobject.readOne(text)
    others = {str(e.uid.value): e for e in other.vevent_list}
    assert len(events) == len(others) > 0
    for event in events:
        twin = others[str(event["UID"])]
        assert twin.dtstart.value == event["DTSTART"].dt < event["DTEND"].dt == twin.dtend.value
        assert twin.summary.value == str(event["SUMMARY"]) and twin.location.value == str(event["LOCATION"])
        assert event["DTSTART"].dt.utcoffset().total_seconds() == 0
    print(json.dumps(dict(events=len(events), name=str(calendar["NAME"]))))
elif what == "folder":
    import glob, icalendar, os

    dates, letters = {}, 0
    for file in sorted(glob.glob(os.path.join(path, "*.eml"))):
        data = open(file, "rb").read()
        letter = email.message_from_bytes(data, policy=email.policy.default)
        letters += 1
        assert not [part.defects for part in letter.walk() if part.defects], file
        assert all(len(line) <= 998 for line in data.split(b"\r\n")) and b"\n" not in data.replace(b"\r\n", b""), file
        assert 0 < len(str(letter["Subject"])) <= 70, (file, letter["Subject"])
        for header in ("Reply-To", "Message-ID", "Auto-Submitted", "Content-Language"):
            assert letter[header], (file, header)
        text, html = (letter.get_body((kind,)).get_content() for kind in ("plain", "html"))
        assert "préférences" not in text or letter["List-Unsubscribe"], file
        assert "Édition Édition" not in text and "l’édition « Édition" not in text, file
        assert f'lang="{letter["Content-Language"]}"' in html and "<img" not in html, file
        for part in letter.walk():
            if part.get_content_type() != "text/calendar":
                continue
            calendar = icalendar.Calendar.from_ical(part.get_content())
            assert str(calendar["METHOD"]) == part.get_param("method") and not calendar.errors, file
            (event,) = calendar.walk("VEVENT")
            assert str(event["ATTENDEE"]) == f"mailto:{letter['To'].addresses[0].addr_spec}", file
            assert event["DTSTART"].dt.utcoffset().total_seconds() == 0 and event["DTSTART"].dt < event["DTEND"].dt, file
            dates.setdefault(str(event["UID"]), set()).add((int(event["SEQUENCE"]), event["DTSTART"].dt.isoformat()))
    print(json.dumps(dict(letters=letters, dates=len(dates), moved=sum(len(revisions) > 1 for revisions in dates.values()))))
