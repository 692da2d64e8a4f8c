import Foundation
import Kernel
import Testing

@testable import ParvisApp

/// The edition of 2018, in which everything happens that people do beside the straight road: each of the
/// sixteen once, in the order of the year.
@Suite struct LifeHappens {
  @Test(.timeLimit(.minutes(5)))
  func `an edition of 250 people goes on whatever happens`() async throws {
    let play = try await Play2018()
    try await play.prepare()
    try await play.select()
    try await play.registerTwice()
    try await play.accompany()
    try await play.recruit()
    try await play.lookAhead()
    try await play.remindTogether()
    try await play.matchTeams()
    try await play.mixCompanies()
    try await play.comeLate()
    try await play.correctWhatIsOut()
    try await play.leaveWithCompany()
    try await play.mergeTeams()
    try await play.startMissions()
    try await play.seeOwnFigures()
    try await play.askWhoDidWhat()
    try await play.speakFrench()
    try await play.readLetters()
    try await play.sleepForAYear()
  }
}

extension Play2018 {
  /// An association that registered twice is one afterwards, in every list.
  fileprivate func registerTwice() async throws {
    let twin = try await act(
      "applications.register-organisation", as: .anyone,
      [
        "name": "LES ABRICOTIERS D'EXEMPLE", "kind": "association", "causes": [],
        "territory": "Île-de-France", "foundedOn": "2001-02-03",
        "contact": [
          "name": "Trésor Fictif", "email": "tresor@association0.example", "language": "fr",
        ],
      ])
    // What an answer is about has one name everywhere.
    #expect(twin["id"] == twin["organisation"])
    let groups = try await act("applications.duplicates")["items"]?.items ?? []
    #expect(groups.count == 1)
    try await act(
      "applications.merge-organisations",
      ["organisation": associations[0].id, "other": twin["organisation"] ?? nil])
    try await settle()
    #expect(try await act("applications.duplicates")["items"]?.items.isEmpty == true)
    let all = try await act("applications.organisations", ["limit": 500])["items"] ?? .null
    #expect(all.items.count == 20)
    let known = try await act(
      "applications.organisation", ["organisation": twin["organisation"] ?? nil])
    #expect(known["id"] == associations[0].id && known["members"]?.items.count == 2)
    // A letter leads whoever registered by themselves to the draft that was begun.
    let letters = try await act("notifications.messages", ["limit": 500])["items"] ?? .null
    #expect(letters.items.contains { $0["kind"] == "organisation-welcome" })
  }

  /// Roles that too few people could take are known before anything is published.
  fileprivate func lookAhead() async throws {
    let draft = try await act(
      "accompaniment.draft-brief",
      [
        "journey": journeys[19],
        "need": try await act("accompaniment.journey", ["journey": journeys[19]])["needs"]?.items
          .first?["id"] ?? nil,
        "title": "Trop exigeante", "context": "C", "deliverable": "D",
        "roles": [["title": "Experte", "skill": "law", "level": 5, "seats": 1]],
        "languages": ["en"], "halfDays": [halfDays[0]],
      ])
    let short = try await act("matching.role-outlook", ["edition": edition]).items
    let expert = try #require(short.first { $0["brief"] == draft["id"] })
    #expect(expert["isDraft"] == true && expert["volunteers"] == 0)
    let reasons = expert["obstacles"]?.items.compactMap { $0["why"]?["en"]?.text } ?? []
    #expect(reasons.contains { $0.contains("below level 5") })
    #expect(reasons.contains("have no language in common"))
    try await act(
      "accompaniment.cancel-brief", ["brief": draft["id"] ?? nil, "reason": "Personne ne peut."])
  }

  /// Many people at once.
  fileprivate func remindTogether() async throws {
    let reminded = try await act("partners.remind-profiles", ["edition": edition])
    #expect(reminded["reminded"] == 4)
    let gone = try await act(
      "partners.withdraw-together",
      ["volunteers": [people[247], people[248]], "reason": "Partis de l’entreprise."])
    #expect(gone["withdrawn"]?.items.count == 2)
    try await settle()
  }

  /// Nobody asked for it, and no team has more than two people of one company.
  fileprivate func mixCompanies() async throws {
    let places = try await places("confirmed")
    #expect(places.count == 210)
    for team in Dictionary(grouping: places, by: { $0["brief"] }).values {
      let companies = Dictionary(grouping: team, by: company).mapValues(\.count)
      #expect(companies.count >= 5)
      #expect(companies.values.allSatisfy { $0 <= 2 })
    }
  }

  /// The company that sent the holder of a place.
  private func company(_ place: JSON) -> Int? {
    people.firstIndex(of: place["volunteer"] ?? nil).map { Made2018.volunteers[$0].company }
  }

  /// A mission that comes after publication has its seats filled from those who wait; somebody who comes
  /// later still is asked, though the clock was set back meanwhile.
  fileprivate func comeLate() async throws {
    on("2018-10-08")
    let before = Set(try await places("confirmed").compactMap { $0["id"]?.text })
    let brief = try await draftBrief(21)
    briefs.append(brief)
    try await act("accompaniment.publish-brief", ["brief": brief])
    try await settle()
    let offered = try await places("offered")
    #expect(offered.count >= 5 && offered.allSatisfy { $0["brief"] == brief })
    #expect(Set(try await places("confirmed").compactMap { $0["id"]?.text }) == before)
    // One of them says no; nobody else who waits is there to be asked but a newcomer.
    for place in offered.dropFirst() {
      try await act(
        "matching.confirm", as: Actor(.volunteer, subject: place["volunteer"]?.text),
        ["place": place["id"] ?? nil])
    }
    let resent = try await act(
      "matching.resend-offer", ["place": offered[0]["id"] ?? nil])
    #expect(resent["confirmBy"] == offered[0]["confirmBy"])
    let longer = try await act(
      "matching.extend-offer",
      ["place": offered[0]["id"] ?? nil, "until": "2018-11-02T22:00:00Z"])
    #expect(longer["confirmBy"]?.text?.hasPrefix("2018-11-02") == true)
    let newcomer = Made2018.volunteers[249]
    people[249] =
      try await act(
        "partners.register-volunteer",
        [
          "edition": edition, "name": .string(newcomer.name), "email": .string(newcomer.email),
          "language": "fr", "regime": "own-time",
        ])["id"] ?? nil
    try await act(
      "matching.decline", as: Actor(.volunteer, subject: offered[0]["volunteer"]?.text),
      ["place": offered[0]["id"] ?? nil])
    try await complete(249)
    on("2018-10-07")
    try await settle()
    let late = try await places("offered")
    #expect(late.count == 1)
    for place in late {
      try await act(
        "matching.confirm", as: Actor(.volunteer, subject: place["volunteer"]?.text),
        ["place": place["id"] ?? nil])
    }
  }

  /// What is published, named or planned already is corrected, and those concerned hear of it.
  fileprivate func correctWhatIsOut() async throws {
    on("2018-10-20")
    try await act(
      "accompaniment.correct-brief",
      ["brief": briefs[3], "title": "Mission corrigée", "context": "C", "deliverable": "Un plan"])
    try await act(
      "programmes.correct-edition",
      [
        "edition": edition, "name": "Édition 2018 bis", "theme": "Inégalités",
        "territory": "La Défense", "starts": "2018-03-05", "ends": "2019-07-31",
      ])
    try await act(
      "partners.correct",
      ["partner": partners[1].id, "name": "Basalte & Fils Exemple"])
    try await settle()
    #expect(try await mission(of: briefs[3])["title"] == "Mission corrigée")
    let renamed = try await act("partners.volunteer", ["volunteer": people[1]])
    #expect(renamed["partnerName"] == "Basalte & Fils Exemple")
    // Two people change seats, and both are asked again.
    let all = try await places("confirmed").sorted {
      ($0["id"]?.text ?? "") < ($1["id"]?.text ?? "")
    }
    let one = try #require(all.first { $0["brief"] == briefs[0] })
    let other = try #require(
      all.first { $0["brief"] == briefs[6] && $0["roleTitle"] == one["roleTitle"] })
    let swapped = try await act(
      "matching.swap",
      [
        "place": one["id"] ?? nil, "other": other["id"] ?? nil, "confirmBy": "2018-11-01",
        "reason": "Plus près de chez elles.", "despite": "D’accord entre elles.",
      ])
    for offer in swapped["offers"]?.items ?? [] {
      try await act(
        "matching.confirm", as: Actor(.volunteer, subject: offer["volunteer"]?.text),
        ["place": offer["id"] ?? nil])
    }
    try await settle()
  }

  /// A company leaves: its people are asked, and its last contact is replaced.
  fileprivate func leaveWithCompany() async throws {
    let leaving = partners[14]
    let concerned = try await act(
      "partners.preview-departure", ["edition": edition, "partner": leaving.id])
    #expect(concerned != .null)
    let contacts = try await act("partners.partner", ["partner": leaving.id])["contacts"]
    try await act(
      "partners.add-contact",
      [
        "partner": leaving.id, "name": "Suite Fictif", "email": "suite@exemple14.example",
        "language": "fr",
      ])
    try await act(
      "partners.remove-contact",
      ["partner": leaving.id, "contact": contacts?.items.first?["id"] ?? nil])
    try await act(
      "partners.end-agreement",
      [
        "edition": edition, "partner": leaving.id, "reason": "Restructuration",
        "answerBy": "2018-11-05",
      ])
    let stays = Made2018.volunteers.first { $0.company == 14 }?.number ?? 14
    try await act("partners.stay", ["volunteer": people[stays]])
    try await settle()
    let person = try await act("partners.volunteer", ["volunteer": people[stays]])
    #expect(person["regime"] == "own-time" && person["partner"] == nil)
  }

  /// Two teams become one; the mission of the other ends with a reason, and nobody hears of it twice.
  fileprivate func mergeTeams() async throws {
    on("2018-10-29")
    let moved = try await act(
      "matching.merge-teams",
      [
        "edition": edition, "brief": briefs[2], "other": briefs[20], "confirmBy": "2018-11-08",
        "reason": "Les deux projets n’en font qu’un.", "despite": "Une grande équipe.",
      ])
    #expect(moved["offers"]?.items.isEmpty == false)
    try await settle()
    let ended = try await mission(of: briefs[20])
    #expect(ended["state"] == "closed")
    // Some of the large team go on with another brief.
    let few = (moved["offers"]?.items ?? []).prefix(2).map { $0["volunteer"] ?? nil }
    let split = try await act(
      "matching.split-team",
      [
        "edition": edition, "brief": briefs[2], "other": briefs[21], "confirmBy": "2018-11-08",
        "volunteers": .array(Array(few)), "reason": "Deux suffisent.",
        "despite": "Elles le veulent.",
      ])
    #expect(split["offers"]?.items.count == 2)
    for place in try await places("offered")
    where [briefs[2], briefs[21]].contains(place["brief"] ?? nil) {
      try await act(
        "matching.confirm", as: Actor(.volunteer, subject: place["volunteer"]?.text),
        ["place": place["id"] ?? nil])
    }
    try await settle()
  }

  /// Hours are checked together, and what was validated by mistake is countered.
  fileprivate func startMissions() async throws {
    on("2018-11-20")
    let mission = try await mission(of: briefs[0])["id"] ?? nil
    try await act("missions.start", ["mission": mission])
    let team = try await act("missions.mission", ["mission": mission])["team"]?.items ?? []
    var entries: [JSON] = []
    for member in team {
      let entry = try await act(
        "missions.log-hours", as: Actor(.volunteer, subject: member["volunteer"]?.text),
        [
          "mission": mission, "volunteer": member["volunteer"] ?? nil, "day": "2018-11-19",
          "minutes": 120,
        ])
      entries.append(entry["id"] ?? nil)
    }
    let together = try await act(
      "missions.validate-together", as: associations[0].lead, ["entries": .array(entries)])
    #expect(together["validated"]?.items.count == team.count)
    #expect(together["left"]?.items.isEmpty == true)
    let again = try await act(
      "missions.validate-together", as: associations[0].lead, ["entries": .array(entries)])
    #expect(again["left"]?.items.count == team.count)
    try await act(
      "missions.reverse-hours", ["entry": entries[0], "reason": "Saisi pour une autre."])
    try await settle()
    // A mission that nobody is left for ends.
    let empty = try await self.mission(of: briefs[19])["id"] ?? nil
    try await act("missions.cancel", ["mission": empty, "reason": "Plus personne."])
    try await settle()
  }

  /// A company's contact sees their own figures, and no others'.
  fileprivate func seeOwnFigures() async throws {
    let report = try await act("report.show", as: partners[0].contact, ["edition": edition])
    let text = String(decoding: try JSON.data(of: report), as: UTF8.self)
    #expect(!text.contains("Basalte & Fils"))
  }

  /// Who did what to which row, and for whom; a token is for somebody who is there.
  fileprivate func askWhoDidWhat() async throws {
    let trail =
      try await act(
        "events.audit", as: .administrator, ["row": associations[0].id])["items"] ?? .null
    #expect(trail.items.contains { $0["useCase"] == "applications.merge-organisations" })
    #expect(trail.items.allSatisfy { $0["person"] != nil })
    let nobody = await problem(
      "token.create", as: .administrator,
      [
        "role": "volunteer", "subject": "01700000-0000-7000-8000-00000000dead", "label": "x",
        "expiresInDays": 1,
      ])
    #expect(nobody?.fields.map(\.field) == ["subject"])
  }

  /// The command line in French, on the same data.
  fileprivate func speakFrench() async throws {
    let shown = try await Program.run(
      "missions", "list", edition.text ?? "", "--lang", "fr", "--data", folder.path)
    #expect(shown.status == 0)
    #expect(shown.text.contains("Mission corrigée"))
    #expect(!shown.text.lowercased().contains("forming"))
  }

  /// Letters read as people write: no name is doubled, none is in English for who reads French.
  fileprivate func readLetters() async throws {
    let texts = try await platform.database.read {
      try $0.rows("SELECT subject, body FROM notifications_message").map {
        try $0.get("subject", as: String.self) + " " + $0.get("body", as: String.self)
      }
    }
    #expect(texts.count > 500)
    for text in texts {
      #expect(!text.contains("l’édition « Édition"), "\(text)")
      #expect(!text.contains(" de Abr") && !text.contains("Hello"), "\(text)")
    }
  }

  /// Nobody served for a year: what was due long ago is told once, not all at once to everybody.
  fileprivate func sleepForAYear() async throws {
    // Whether they leave is not looked at here: writing hundreds of files takes its time.
    try await act("notifications.hold")
    on("2019-11-01")
    try await platform.runDueJobs()
    try await settle()
    let first = try await letters()
    try await platform.runDueJobs()
    try await settle()
    #expect(try await letters() == first)
  }

  private func letters() async throws -> Int {
    try await platform.database.read {
      try $0.rows("SELECT COUNT(*) AS n FROM notifications_message")[0].get("n", as: Int.self)
    }
  }
}
