internal import Kernel

extension Play {
  /// Programme, edition, catalogue, call; applications drafted, completed and handed in.
  func playCall() async throws {
    let plan = try seeds.value("edition.yaml")
    let days = plan["days"] ?? nil
    try await on(days.text("planned")) {
      try await act(
        "programmes.load-catalogue", seeds.value("catalogue.yaml").only("skills", "missionTypes"))
      let programme = try await act(
        "programmes.create", ["name": plan["programme"]?["name"] ?? nil])
      var input =
        plan["edition"]?.only("name", "theme", "territory", "zone", "format", "starts", "ends")
        ?? [:]
      input["programme"] = programme["id"]
      edition = try await act("programmes.plan-edition", input)["id"] ?? nil
      let calendar = try await act(
        "programmes.set-calendar", ["edition": edition, "halfDays": plan["calendar"] ?? nil])
      for day in calendar.items { halfDays[day.text("key")] = day["id"] ?? nil }
    }
    var call = JSON.null
    try await on(days.text("callOpened")) {
      try await act("programmes.open-edition", ["edition": edition])
      var input = try seeds.value("call.yaml").only(
        "title", "theme", "opensOn", "closesOn", "places", "questions", "criteria", "eligibility")
      input["edition"] = edition
      call = try await act("applications.draft-call", input)["id"] ?? nil
      try await act("applications.open-call", ["call": call])
    }
    try await playApplications(to: call)
    try await playSelection(of: call, on: days)
  }

  private func playApplications(to call: JSON) async throws {
    let slugs = try seeds.names(in: "applications")
    var files: [String: JSON] = [:]
    for slug in slugs { files[slug] = try seeds.value("applications/\(slug).json") }
    // What happens on each day, in the order of the calendar, then of the names.
    var calendar: [String: [() async throws -> Void]] = [:]
    for slug in slugs {
      guard let file = files[slug] else { continue }
      calendar[file.text("draftedOn"), default: []].append { [self] in
        try await draft(slug, file, for: call)
      }
      if let first = file["firstTry"] {
        calendar[first.text("on"), default: []].append { [self] in
          try await handIn(slug, file, leavingOut: first["without"]?.texts ?? [])
        }
      }
      calendar[file.text("handedIn"), default: []].append { [self] in
        try await handIn(slug, file, leavingOut: [])
      }
    }
    for day in calendar.keys.sorted() {
      try await on(day) { for step in calendar[day] ?? [] { try await step() } }
    }
  }

  private func draft(_ slug: String, _ file: JSON, for call: JSON) async throws {
    let organisation = file["organisation"] ?? nil
    var input = organisation.only(
      "name", "kind", "causes", "siren", "rna", "territory", "foundedOn", "contact")
    input["call"] = call
    let registered = try await act(
      "applications.register-organisation", as: .anyone, input)
    let member = Actor(.member, subject: registered.text("member"))
    let application = try await act(
      "applications.draft", as: member,
      ["call": call, "organisation": registered["organisation"] ?? nil])
    organisations[slug] = Applicant(
      name: organisation.text("name"), organisation: registered["organisation"] ?? nil,
      member: member, application: application["id"] ?? nil)
  }

  private func handIn(_ slug: String, _ file: JSON, leavingOut left: [String]) async throws {
    guard let applicant = organisations[slug], case .object(var answers)? = file["answers"] else {
      return
    }
    for key in left { answers[key] = nil }
    let fate = file.text("fate")
    try await act(
      "applications.save-answers", as: applicant.member,
      ["application": applicant.application, "answers": .object(answers)])
    let input = ["application": applicant.application]
    switch fate {
    case "incomplete":
      try await refused(
        "applications.submit", as: applicant.member, input, with: "applications/incomplete")
    case "late":
      try await refused(
        "applications.submit", as: applicant.member, input, with: "applications/deadline-passed")
    case "ineligible":
      try await refused(
        "applications.submit", as: applicant.member, input, with: "applications/not-eligible")
    default:
      if left.isEmpty {
        try await act("applications.submit", as: applicant.member, input)
      } else {
        try await refused(
          "applications.submit", as: applicant.member, input, with: "applications/incomplete")
      }
    }
  }

  /// Reviews without conflicts, ranking, deliberation, confirmations, one place given up.
  private func playSelection(of call: JSON, on days: JSON) async throws {
    let plan = try seeds.value("reviewers.yaml")
    var reviewers: [(name: String, actor: Actor)] = []
    try await on(days.text("reviewsAssigned")) {
      for reviewer in plan["reviewers"]?.items ?? [] {
        let registered = try await act(
          "applications.register-reviewer", reviewer.only("name", "email", "language"))
        let actor = Actor(.reviewer, subject: registered.text("id"))
        reviewers.append((reviewer.text("name"), actor))
        for conflict in reviewer["conflicts"]?.items ?? [] {
          let other = organisations.values.first { $0.name == conflict.text("organisation") }
          try await act(
            "applications.declare-conflict", as: actor,
            [
              "reviewer": registered["id"] ?? nil, "organisation": other?.organisation ?? nil,
              "reason": conflict["reason"] ?? nil,
            ])
        }
      }
      try await act(
        "applications.assign-reviews",
        ["call": call, "perApplication": plan["perApplication"] ?? 2])
    }
    try await on(days.text("reviewed")) { try await playReviews(by: reviewers) }
    let decision = try seeds.value("deliberation.yaml")
    func application(_ slug: String) -> JSON { organisations[slug]?.application ?? .null }
    try await on(days.text("deliberated")) {
      try await act("applications.ranking", ["call": call])
      try await act(
        "applications.deliberate",
        [
          "call": call, "confirmBy": decision["confirmBy"] ?? nil,
          "laureates": .array((decision["laureates"]?.texts ?? []).map(application)),
          "waitingList": .array((decision["waitingList"]?.texts ?? []).map(application)),
          "refused": .array(
            (decision["refused"]?.items ?? []).map {
              ["application": application($0.text("application")), "reason": $0["reason"] ?? nil]
            }),
        ])
    }
    try await playConfirmations(decision)
  }

  private func playReviews(by reviewers: [(name: String, actor: Actor)]) async throws {
    let sheets = try seeds.value("scores.yaml")
    var byApplication: [JSON: [(name: String, actor: Actor, review: JSON)]] = [:]
    for reviewer in reviewers {
      let mine = try await act(
        "applications.reviews", as: reviewer.actor,
        ["reviewer": .string(reviewer.actor.subject ?? ""), "limit": 500])
      for review in mine["items"]?.items ?? [] {
        byApplication[review["application"] ?? nil, default: []].append(
          (reviewer.name, reviewer.actor, review["id"] ?? nil))
      }
    }
    for slug in organisations.keys.sorted() {
      guard let scores = sheets["scores"]?[slug]?.items, let applicant = organisations[slug] else {
        continue
      }
      let assigned = (byApplication[applicant.application] ?? []).sorted { $0.name < $1.name }
      for (sheet, reviewer) in zip(scores, assigned) {
        try await act(
          "applications.score", as: reviewer.actor,
          ["review": reviewer.review, "scores": sheet, "comment": sheets["comment"] ?? nil])
      }
    }
  }

  private func playConfirmations(_ decision: JSON) async throws {
    let leaver = decision["declines"] ?? nil
    let promoted = decision["promoted"] ?? nil
    try await on(decision.text("confirmedOn")) {
      for slug in decision["laureates"]?.texts ?? [] where slug != leaver.text("application") {
        try await confirm(slug)
      }
    }
    try await on(leaver.text("on")) {
      guard let applicant = organisations[leaver.text("application")] else { return }
      try await act(
        "applications.decline", as: applicant.member,
        ["application": applicant.application, "reason": leaver["reason"] ?? nil])
    }
    try await on(promoted.text("confirmedOn")) { try await confirm(promoted.text("application")) }
  }

  private func confirm(_ slug: String) async throws {
    guard let applicant = organisations[slug] else { return }
    try await act(
      "applications.confirm", as: applicant.member, ["application": applicant.application])
  }
}
