internal import Kernel

extension Play {
  /// Diagnosis, needs, workshop and peer exchange, briefs.
  func playAccompaniment() async throws {
    let days = try seeds.value("edition.yaml")["days"] ?? nil
    let plan = try seeds.value("accompaniment.yaml")
    var journeys: [String: JSON] = [:]
    var needs: [String: [JSON]] = [:]
    try await on(days.text("journeysDiagnosed")) {
      let all = try await act("accompaniment.journeys", ["edition": edition])["items"] ?? nil
      for entry in plan["journeys"]?.items ?? [] {
        let slug = entry.text("organisation")
        let found = all.items.first { $0["organisation"] == organisations[slug]?.organisation }
        journeys[slug] = found?["id"] ?? nil
        var input = entry["diagnosis"]?.only("strengths", "difficulties", "ambitions") ?? [:]
        input["journey"] = journeys[slug]
        try await act("accompaniment.diagnose", input)
      }
    }
    for workshop in plan["workshops"]?.items ?? [] {
      try await playWorkshop(workshop, journeys)
    }
    try await on(days.text("needsConfirmed")) {
      for entry in plan["journeys"]?.items ?? [] {
        let slug = entry.text("organisation")
        for need in entry["needs"]?.items ?? [] {
          var input = need.only("missionType", "statement", "priority")
          input["journey"] = journeys[slug]
          let added = try await act("accompaniment.add-need", as: member(slug), input)
          needs[slug, default: []].append(added["id"] ?? nil)
        }
        try await act("accompaniment.confirm-needs", ["journey": journeys[slug] ?? nil])
        try await act(
          "accompaniment.action-plan",
          ["journey": journeys[slug] ?? nil, "steps": entry["actionPlan"] ?? []])
      }
    }
    try await on(days.text("briefsPublished")) {
      for entry in plan["journeys"]?.items ?? [] {
        let slug = entry.text("organisation")
        for brief in entry["briefs"]?.items ?? [] {
          let number = Int(brief["need"]?.whole ?? 1)
          try await publish(brief, of: journeys[slug] ?? nil, for: needs[slug]?[number - 1] ?? nil)
        }
      }
    }
  }

  private func playWorkshop(_ workshop: JSON, _ journeys: [String: JSON]) async throws {
    guard let day = Day(workshop.text("day")) else { return }
    var id = JSON.null
    // Invited ten days before, or on the day the journeys began where that is later.
    try await on(day.advanced(by: -10).description) {
      var input = workshop.only("title", "kind", "day")
      input["edition"] = edition
      input["journeys"] = .array((workshop["journeys"]?.texts ?? []).compactMap { journeys[$0] })
      id = try await act("accompaniment.plan-workshop", input)["id"] ?? nil
    }
    try await on(day.description, at: 18) {
      try await act(
        "accompaniment.record-attendance",
        [
          "workshop": id,
          "present": .array((workshop["present"]?.texts ?? []).compactMap { journeys[$0] }),
        ])
    }
  }

  private func publish(_ brief: JSON, of journey: JSON, for need: JSON) async throws {
    var input = brief.only("title", "context", "deliverable", "roles", "languages", "format")
    input["journey"] = journey
    input["need"] = need
    input["halfDays"] = .array((brief["halfDays"]?.texts ?? []).compactMap { halfDays[$0] })
    let drafted = try await act("accompaniment.draft-brief", input)["id"] ?? nil
    try await act("accompaniment.publish-brief", ["brief": drafted])
    briefs[brief.text("key")] = drafted
  }

  func member(_ slug: String) -> Actor { organisations[slug]?.member ?? .manager }
}
