"""What other people's programs say of a letter. python check.py dkim|parse|calendar FILE [RECORDS as JSON]; ends with 0 when all is well."""
import email, email.policy, json, sys

what, path = sys.argv[1:3]
data = open(path, "rb").read()
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
elif what == "calendar":
    import icalendar

    found = []
    for part in message.walk():
        if part.get_content_type() == "text/calendar":
            calendar = icalendar.Calendar.from_ical(part.get_content())
            assert str(calendar["METHOD"]) == part.get_param("method"), part["Content-Type"]
            for event in calendar.walk("VEVENT"):
                found.append(dict(uid=str(event["UID"]), sequence=int(event["SEQUENCE"]), start=event["DTSTART"].dt.isoformat(),
                    method=str(calendar["METHOD"]), summary=str(event["SUMMARY"])))
    print(json.dumps(found))
