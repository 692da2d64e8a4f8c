internal import Kernel

extension Play {
  /// The best teams, offers, two refusals and who follows.
  func playMatching() async throws {
    let plan = try seeds.value("edition.yaml")
    let days = plan["days"] ?? nil
    let story = try seeds.value("missions.yaml")
    var run = JSON.null
    try await on(days.text("matched")) {
      run = try await act("matching.run", ["edition": edition])["id"] ?? nil
    }
    try await on(days.text("teamsPublished")) {
      try await act("matching.publish", ["run": run, "confirmBy": plan["confirmPlacesBy"] ?? nil])
    }
    var declining: [JSON] = []
    try await on(days.text("placesConfirmed")) {
      let places = try await places("offered")
      for refusal in story["declines"]?.items ?? [] {
        declining.append(try held(refusal, among: places)["id"] ?? nil)
      }
      for place in places where !declining.contains(place["id"] ?? nil) {
        try await act("matching.confirm", as: holder(place), ["place": place["id"] ?? nil])
      }
    }
    try await on(days.text("placesDeclined")) {
      let places = try await places("offered")
      for (id, refusal) in zip(declining, story["declines"]?.items ?? []) {
        guard let place = places.first(where: { $0["id"] == id }) else { continue }
        try await act(
          "matching.decline", as: holder(place), ["place": id, "reason": refusal["reason"] ?? nil])
      }
    }
    try await on(days.text("replacementsConfirmed")) { try await confirmOffers() }
  }

  func places(_ state: String) async throws -> [JSON] {
    let page = try await act(
      "matching.places", ["edition": edition, "state": .string(state), "limit": 500])
    return page["items"]?.items ?? []
  }

  func confirmOffers() async throws {
    for place in try await places("offered") {
      try await act("matching.confirm", as: holder(place), ["place": place["id"] ?? nil])
    }
  }

  /// The place of the n-th holder by name of a brief's role. Throws `Problem.notFound`.
  func held(_ wanted: JSON, among places: [JSON]) throws -> JSON {
    let holders = places.filter {
      $0["brief"] == briefs[wanted.text("brief")] && $0.text("roleTitle") == wanted.text("role")
    }.sorted { $0.text("volunteerName") < $1.text("volunteerName") }
    let number = Int(wanted["nth"]?.whole ?? 1) - 1
    guard holders.indices.contains(number) else {
      throw Problem.notFound(
        Words(en: "holder of", fr: "titulaire de"),
        "\(wanted.text("brief")), \(wanted.text("role"))")
    }
    return holders[number]
  }

  func holder(_ place: JSON) -> Actor { Actor(.volunteer, subject: place.text("volunteer")) }
}
