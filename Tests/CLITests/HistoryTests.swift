import Foundation
import Kernel
import Testing

/// A past edition that is recorded later.
@Suite struct HistoryTests {
  private static let past = [
    #"# what was done in 2018"#,
    #"{"at": "2018-03-05", "call": "programmes.create", "input": {"name": "Rencontres"}, "keep": "programme"}"#,
    #"{"at": "2018-03-05T10:00:00Z", "call": "programmes.plan-edition", "input": {"programme": "$programme.id", "name": "Édition 2018", "theme": "Inégalités", "territory": "La Défense", "zone": "Europe/Paris", "format": "on-site", "starts": "2018-03-05", "ends": "2018-12-31"}, "keep": "edition"}"#,
    "",
    #"{"at": "2018-03-06", "call": "programmes.open-edition", "input": {"edition": "$edition.id"}}"#,
    #"{"at": "2018-03-07", "call": "partners.register", "input": {"name": "Exemple SA", "kind": "company", "contact": {"name": "C Fictif", "email": "c@exemple.example", "language": "fr"}}, "keep": "partner"}"#,
    #"{"at": "2018-03-07", "call": "partners.sign-agreement", "input": {"partner": "$partner.partner", "edition": "$edition.id", "signedOn": "2018-03-07", "regimes": ["own-time"]}}"#,
    #"{"at": "2018-03-08", "call": "partners.register-volunteer", "as": "partner:$partner.contact", "input": {"edition": "$edition.id", "partner": "$partner.partner", "name": "Ada Fictif", "email": "ada@exemple.example", "language": "fr", "regime": "own-time"}, "keep": "ada"}"#,
    #"{"at": "2018-03-09", "call": "partners.volunteers", "input": {"edition": "$edition.id"}, "keep": "all"}"#,
  ]

  private func write(_ lines: [String], in shop: Workshop, as name: String = "2018.jsonl") throws
    -> String
  {
    let path = shop.folder + "/" + name
    try Data(lines.joined(separator: "\n").utf8).write(to: URL(fileURLWithPath: path))
    return path
  }

  @Test func `a past edition is recorded with its dates, and nobody is written to`() async throws {
    let shop = try Workshop()
    try await shop.parvis("init")
    let file = try write(
      Self.past + [
        #"{"at": "2018-03-10", "call": "partners.complete-profile", "as": "volunteer:$ada.id", "input": {"volunteer": "$all.items[email=ada@exemple.example].id", "skills": [], "wishes": [], "causes": [], "languages": [], "halfDays": [], "formats": [], "capacity": 1, "conflicts": [], "previousEmployers": [], "consent": true}}"#
      ], in: shop)
    let stopped = try await shop.parvis("history", "load", file)
    // The last line names no skill: what came before it is kept.
    #expect(stopped.status == 65)
    #expect(stopped.error.contains("Line 10, partners.complete-profile"))
    let corrected = try write(Self.past, in: shop)
    let loaded = try await shop.parvis("history", "load", corrected, "--json")
    #expect(loaded.status == 0, "\(loaded.error)")
    #expect(loaded.json["lines"] == 7)
    #expect(loaded.json["before"] == 7)
    let people = try await shop.parvis("partners", "volunteers", "--json")
    #expect(people.json.items.map { $0["name"] } == ["Ada Fictif"])
    #expect(people.json.items.first?["registeredAt"]?.text?.hasPrefix("2018-03-07T23:00") == true)
    let letters = try await shop.parvis("notifications", "messages", "--json")
    #expect(letters.json.items.isEmpty)
    // The audit has the date, and says that it was recorded later, by whom and for whom.
    let audit = try await shop.parvis(
      "events", "audit", "--use-case", "partners.register-volunteer", "--json")
    let line = try #require(audit.json.items.first)
    #expect(line["at"]?.text?.hasPrefix("2018-03-07T23:00") == true)
    #expect(line["recordedAt"]?.text?.hasPrefix("2018") == false)
    #expect(line["role"] == "partner")
    let today = try await shop.parvis("programmes", "create", "--name", "Today", "--json")
    #expect(today.status == 0)
    let now = try await shop.parvis(
      "events", "audit", "--use-case", "programmes.create", "--json")
    #expect(now.json.items.last?["recordedAt"] == nil)
  }

  @Test(arguments: [
    (#"{"at": "2018-03-05", "call": "programmes.nothing"}"#, "is no use case"),
    (#"{"at": "yesterday", "call": "programmes.list"}"#, "is a day or a moment"),
    (#"{"at": "2099-01-01", "call": "programmes.list"}"#, "has not happened yet"),
    (#"{"call": "programmes.list"}"#, "is a day or a moment"),
    (#"{"at": "2018-03-05"}"#, "names the use case"),
    (#"{"at": "2018-03-05", "call": "programmes.list", "inputs": {}}"#, "means nothing here"),
    (#"["2018-03-05"]"#, "a line is an object"),
    ("", "holds no line"),
  ])
  func `what cannot be read is refused before anything is recorded`(line: String, why: String)
    async throws
  {
    let shop = try Workshop()
    try await shop.parvis("init")
    let refused = try await shop.parvis("history", "load", try write([line], in: shop))
    #expect(refused.status == 65)
    #expect(refused.error.contains(why), "\(refused.error)")
  }

  @Test func `lines go forward in time, and refer to what was answered`() async throws {
    let shop = try Workshop()
    try await shop.parvis("init")
    let back = try await shop.parvis(
      "history", "load",
      try write(
        [
          #"{"at": "2018-03-05", "call": "programmes.list"}"#,
          #"{"at": "2018-03-04", "call": "programmes.list"}"#,
        ], in: shop))
    #expect(back.error.contains("line 2") && back.error.contains("earlier"))
    for reference in ["$nobody.id", "$list.items[3].id", "$list.items[name=None].id"] {
      let nowhere = try await shop.parvis(
        "history", "load",
        try write(
          [
            #"{"at": "2018-03-05", "call": "programmes.list", "keep": "list"}"#,
            #"{"at": "2018-03-05", "call": "programmes.edition", "input": {"edition": "\#(reference)"}}"#,
          ], in: shop, as: "\(abs(reference.hashValue)).jsonl"))
      #expect(nowhere.status == 65, "\(reference): \(nowhere.error)")
      #expect(nowhere.error.contains("leads to nothing"))
    }
  }

  /// A past edition of which letters would be due today: people who were registered and not yet invited.
  private func long(_ people: Int) -> [String] {
    Self.past.dropLast()
      + (1...people).map {
        #"{"at": "2018-03-\#(10 + $0 / 40)", "call": "partners.register-volunteer", "as": "partner:$partner.contact", "input": {"edition": "$edition.id", "partner": "$partner.partner", "name": "P\#($0) Fictif", "email": "p\#($0)@exemple.example", "language": "fr", "regime": "own-time"}}"#
      }
  }

  @Test(arguments: [true, false])
  func
    `a load that was killed is finished or ended before anything is done, and nobody is written to`(
      isFinished: Bool
    ) async throws
  {
    let shop = try Workshop()
    try await shop.parvis("init")
    let file = try write(long(400), in: shop)
    // Killed from the system's side as soon as some lines are recorded, in the middle of whatever it does then.
    let killing = """
      "$0" "$@" & load=$!
      until [ "$(cat "$PARVIS_DATA"/history-*.journal 2>/dev/null | wc -l)" -ge 20 ]; do
        kill -0 $load 2>/dev/null || exit 1
      done
      kill -KILL $load; exit 9
      """
    let killed = try await shop.parvis(
      "history", "load", file, before: ["/bin/sh", "-c", killing])
    try #require(killed.status == 9, "\(killed.error)")
    // Neither a server nor a command takes the past for today.
    let served = try await shop.parvis("serve", "--port", "0")
    #expect(served.status == 69 || served.status == 75, "\(served.status)")
    #expect(served.error.contains("parvis history end"), "\(served.error)")
    let refused = try await shop.parvis("programmes", "create", "--name", "Today")
    #expect(refused.error.contains("parvis history load 2018.jsonl"))
    #expect(try await shop.parvis("doctor").output.contains("2018.jsonl"))
    let read = try await shop.parvis("programmes", "list", "--json")
    #expect(read.json.items.map { $0["name"] } == ["Rencontres"])
    if isFinished {
      let again = try await shop.parvis("history", "load", file, "--json")
      #expect(again.status == 0, "\(again.error)")
      #expect((again.json["before"]?.whole ?? 0) >= 20)
    } else {
      let ended = try await shop.parvis("history", "end", "--json")
      #expect(ended.json["ended"] == ["2018.jsonl"], "\(ended.error)")
    }
    // What is due today is done now, and there is nothing of the past in it.
    #expect(try await shop.parvis("programmes", "create", "--name", "Today").status == 0)
    let (server, _) = try await shop.serve()
    #expect(try await shop.parvis("programmes", "create", "--name", "Later").status == 0)
    #expect(try await server.stop().status == 0)
    let letters = try await shop.parvis("notifications", "messages", "--json")
    #expect(letters.json.items.isEmpty)
    let mailbox = try FileManager.default.contentsOfDirectory(atPath: shop.data + "/mailbox")
    #expect(mailbox.isEmpty)
  }

  @Test func `history is not recorded while a server tells people what happens`() async throws {
    let shop = try Workshop()
    try await shop.parvis("init")
    let (server, _) = try await shop.serve()
    let held = try await shop.parvis("history", "load", try write(Self.past, in: shop))
    #expect(held.status != 0)
    _ = try await server.stop()
    let other = try await shop.parvis(
      "history", "load", try write(Self.past, in: shop), "--url", "http://127.0.0.1:1")
    #expect(other.status == 64)
  }
}
