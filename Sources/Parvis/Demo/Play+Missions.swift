internal import Foundation
internal import Kernel

extension Play {
  /// A mission of the story, with the slug of its organisation.
  private struct Staged {
    let id: JSON
    let plan: JSON
    let member: Actor
    let kickOffDays: [String]
  }
  private struct Teammate {
    let id: String
    let name: String
    let role: String
    var actor: Actor { Actor(.volunteer, subject: id) }
  }

  /// Kick-off made remote, months of work, one replacement, deliverables, evaluations, closing.
  func playMissions() async throws {
    let plan = try seeds.value("edition.yaml")
    let days = plan["days"] ?? nil
    let story = try seeds.value("missions.yaml")
    try await on(days.text("formatChanged")) {
      try await act(
        "programmes.change-format",
        ["edition": edition, "format": plan["formatChange"]?["format"] ?? nil])
    }
    var missions: [Staged] = []
    try await on(days.text("missionsStarted"), at: 8) {
      missions = try await staged(story)
      for mission in missions { try await act("missions.start", ["mission": mission.id]) }
    }
    try await playKickOff(missions, story)
    try await playMonths(missions, story, withdrawal: days.text("withdrawal"))
    try await playEnding(missions, days)
  }

  private func staged(_ story: JSON) async throws -> [Staged] {
    let page = try await act("missions.list", ["edition": edition, "limit": 500])
    let all = page["items"]?.items ?? []
    let journeys = try seeds.value("accompaniment.yaml")["journeys"]?.items ?? []
    return try (story["missions"]?.items ?? []).map { entry in
      let key = entry.text("brief")
      let journey = journeys.first {
        ($0["briefs"]?.items ?? []).contains { $0.text("key") == key }
      }
      let brief = journey?["briefs"]?.items.first { $0.text("key") == key }
      guard let mission = all.first(where: { $0["brief"] == briefs[key] }) else {
        throw Problem.notFound(Words(en: "mission of the brief", fr: "mission du cahier"), key)
      }
      return Staged(
        id: mission["id"] ?? nil, plan: entry, member: member(journey?.text("organisation") ?? ""),
        kickOffDays: (brief?["halfDays"]?.texts ?? []).map { String($0.prefix(10)) })
    }
  }

  /// Who is in a team now, by name.
  private func team(_ mission: Staged) async throws -> [Teammate] {
    let shown = try await act("missions.mission", ["mission": mission.id])
    return (shown["team"]?.items ?? []).map {
      Teammate(id: $0.text("volunteer"), name: $0.text("name"), role: $0.text("roleTitle"))
    }.sorted { $0.name < $1.name }
  }

  private func playKickOff(_ missions: [Staged], _ story: JSON) async throws {
    for day in Set(missions.flatMap(\.kickOffDays)).sorted() {
      try await on(day, at: 18) {
        for mission in missions where mission.kickOffDays.contains(day) {
          let team = try await team(mission)
          let sessions = try await act(
            "missions.sessions", as: mission.member, ["mission": mission.id])
          for session in sessions.items where session.text("day") == day {
            try await act(
              "missions.record-presence", as: mission.member,
              [
                "session": session["id"] ?? nil, "present": .array(team.map { .string($0.id) }),
              ])
          }
          // Two half-days of one length on one day: the notes tell them apart.
          for half in mission.kickOffDays.filter({ $0 == day }).indices {
            for teammate in team {
              try await log(
                teammate, in: mission, day, story["hours"]?["kickOff"] ?? nil,
                note: "Lancement, demi-journée \(half + 1)")
            }
          }
        }
      }
    }
  }

  private func log(
    _ teammate: Teammate, in mission: Staged, _ day: String, _ minutes: JSON, note: String
  ) async throws {
    try await act(
      "missions.log-hours", as: teammate.actor,
      [
        "mission": mission.id, "volunteer": .string(teammate.id), "day": .string(day),
        "minutes": minutes, "note": .string(note),
      ])
  }

  /// Milestones, hours, checks of hours and the replacement, in the order of the calendar.
  private func playMonths(_ missions: [Staged], _ story: JSON, withdrawal: String) async throws {
    var calendar: [String: [() async throws -> Void]] = [:]
    func plan(_ day: String, _ step: @escaping () async throws -> Void) {
      calendar[day, default: []].append(step)
    }
    var milestones: [String: JSON] = [:]
    for (number, mission) in missions.enumerated() {
      plan("2020-11-23") { [self] in
        for (index, entry) in (mission.plan["milestones"]?.items ?? []).enumerated() {
          var input = entry.only("title", "due")
          input["mission"] = mission.id
          milestones["\(number)-\(index)"] =
            try await act("missions.plan-milestone", input)["id"] ?? nil
        }
        if let risk = mission.plan["risk"] {
          var input = risk.only("text", "severity")
          input["mission"] = mission.id
          try await act("missions.raise-risk", input)
        }
      }
      for (index, entry) in (mission.plan["milestones"]?.items ?? []).enumerated() {
        plan(entry.text("reached")) { [self] in
          try await act(
            "missions.reach-milestone", ["milestone": milestones["\(number)-\(index)"] ?? nil])
        }
      }
    }
    for work in story["hours"]?["later"]?.items ?? [] {
      plan(work.text("day")) { [self] in
        try await logWork(work, missions, story["correction"] ?? nil)
      }
    }
    for day in story["validatedOn"]?.texts ?? [] {
      plan(day) { [self] in try await validate(missions) }
    }
    plan(withdrawal) { [self] in try await replace(story["withdrawal"] ?? nil) }
    for day in calendar.keys.sorted() {
      try await on(day, at: 19) { for step in calendar[day] ?? [] { try await step() } }
    }
  }

  private func logWork(_ work: JSON, _ missions: [Staged], _ correction: JSON) async throws {
    for mission in missions {
      let team = try await team(mission)
      let corrected =
        correction.text("brief") == mission.plan.text("brief")
          && correction.text("day") == work.text("day")
        ? team.filter { $0.role == correction.text("role") }.first : nil
      if let corrected {
        let wrong = try await act(
          "missions.log-hours", as: corrected.actor,
          [
            "mission": mission.id, "volunteer": .string(corrected.id),
            "day": work["day"] ?? nil, "minutes": correction["minutes"] ?? nil,
          ])
        try await act(
          "missions.return-hours",
          ["entry": wrong["id"] ?? nil, "remark": correction["remark"] ?? nil])
      }
      for teammate in team {
        try await log(
          teammate, in: mission, work.text("day"), work["minutes"] ?? nil, note: work.text("note"))
      }
    }
  }

  /// The organisation checks the hours of its team.
  private func validate(_ missions: [Staged]) async throws {
    for mission in missions {
      let entries = try await act("missions.hours", as: mission.member, ["mission": mission.id])
      for entry in entries.items where entry.text("state") == "waiting" {
        try await act(
          "missions.validate-hours", as: mission.member, ["entry": entry["id"] ?? nil])
      }
    }
  }

  private func replace(_ story: JSON) async throws {
    let place = try held(story, among: try await places("confirmed"))
    try await act(
      "matching.withdraw", as: holder(place),
      [
        "place": place["id"] ?? nil, "reason": story["reason"] ?? nil,
        "handover": story["handover"] ?? nil,
      ])
    try await settle()
    try await confirmOffers()
  }

  private func playEnding(_ missions: [Staged], _ days: JSON) async throws {
    var deliverables: [JSON] = []
    try await on(days.text("deliverablesSubmitted")) {
      for mission in missions {
        var input = mission.plan["deliverable"]?.only("title", "summary", "link") ?? [:]
        input["mission"] = mission.id
        if let file = try? seeds.bytes("livrable.pdf") {
          input["file"] = .string("data:;name=livrable.pdf;base64," + file.base64EncodedString())
        }
        let author = try await team(mission).first?.actor ?? .manager
        deliverables.append(
          try await act("missions.submit-deliverable", as: author, input)["id"] ?? nil)
      }
    }
    try await on(days.text("deliverablesAccepted")) {
      for (mission, deliverable) in zip(missions, deliverables) {
        try await act(
          "missions.accept-deliverable", as: mission.member, ["deliverable": deliverable])
      }
    }
    try await on(days.text("evaluated")) { for mission in missions { try await evaluate(mission) } }
    try await on(days.text("closed")) {
      for mission in missions { try await act("missions.close", ["mission": mission.id]) }
    }
    try await on(days.text("reported")) {
      try await act("programmes.close-edition", ["edition": edition])
    }
  }

  private func evaluate(_ mission: Staged) async throws {
    let plan = mission.plan["evaluation"] ?? nil
    try await act(
      "missions.evaluate", as: mission.member,
      [
        "mission": mission.id, "satisfaction": plan["organisation"] ?? nil,
        "comment": plan["comment"] ?? nil,
      ])
    for (teammate, satisfaction) in zip(try await team(mission), plan["volunteers"]?.items ?? []) {
      try await act(
        "missions.evaluate", as: teammate.actor,
        ["mission": mission.id, "satisfaction": satisfaction])
    }
  }
}
