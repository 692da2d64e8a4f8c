internal import Foundation
internal import Kernel

extension Play {
  /// Agreements and pledges, rosters (one refused first), profiles.
  func playPartners() async throws {
    let days = try seeds.value("edition.yaml")["days"] ?? nil
    let plan = try seeds.value("partners.yaml")
    var partners: [String: (id: JSON, contact: Actor)] = [:]
    let entries = plan["partners"]?.items ?? []
    let signings = Set(entries.compactMap { $0["agreement"]?.text("signedOn") }).sorted()
    for (index, day) in signings.enumerated() {
      try await on(day, at: 11) {
        for entry in entries {
          let signsToday = entry["agreement"]?.text("signedOn") == day
          guard signsToday || (entry["agreement"] == nil && index == 0) else { continue }
          partners[entry.text("key")] = try await register(entry)
        }
      }
    }
    try await on(days.text("rostersImported")) {
      for entry in entries {
        let key = entry.text("key")
        guard let partner = partners[key], let roster = entry["roster"]?.text else { continue }
        if plan["badRoster"]?.text("partner") == key {
          try await refused(
            "partners.import-roster", as: partner.contact,
            try file(plan["badRoster"]?.text("file") ?? "", of: partner.id),
            with: "partners/bad-roster")
        }
        try await act(
          "partners.import-roster", as: partner.contact, try file(roster, of: partner.id))
      }
    }
    try await on(days.text("profilesCompleted")) { try await playProfiles() }
  }

  private func register(_ entry: JSON) async throws -> (id: JSON, contact: Actor) {
    let registered = try await act(
      "partners.register", entry.only("name", "kind", "siren", "contact"))
    let id = registered["partner"] ?? nil
    if let agreement = entry["agreement"] {
      var input = agreement.only("signedOn", "regimes", "hourlyCostCents")
      input["partner"] = id
      input["edition"] = edition
      try await act("partners.sign-agreement", input)
    }
    let contact = Actor(.partner, subject: registered.text("contact"))
    if let pledge = entry["pledge"] {
      var input = pledge.only("people", "days")
      input["partner"] = id
      input["edition"] = edition
      try await act("partners.pledge", as: contact, input)
    }
    return (id, contact)
  }

  private func file(_ name: String, of partner: JSON) throws -> [String: JSON] {
    let bytes = try seeds.bytes("rosters/" + name)
    return ["partner": partner, "edition": edition, "csv": .string(bytes.base64EncodedString())]
  }

  private func playProfiles() async throws {
    let byEmail = try await volunteersByEmail()
    for profile in try seeds.value("profiles.json").items {
      guard let volunteer = byEmail[profile.text("email")] else { continue }
      var input = profile.only(
        "skills", "wishes", "causes", "languages", "formats", "capacity", "consent")
      input["volunteer"] = .string(volunteer)
      input["halfDays"] = .array((profile["halfDays"]?.texts ?? []).compactMap { halfDays[$0] })
      for field in ["conflicts", "previousEmployers"] {
        let names = profile[field]?.texts ?? []
        input[field] = .array(
          organisations.values.filter { names.contains($0.name) }.map(\.organisation))
      }
      try await act(
        "partners.complete-profile", as: Actor(.volunteer, subject: volunteer), input)
    }
  }

  private func volunteersByEmail() async throws -> [String: String] {
    var found: [String: String] = [:]
    var after: JSON?
    repeat {
      var input: [String: JSON] = ["edition": edition, "limit": 500]
      input["after"] = after
      let page = try await act("partners.volunteers", input)
      for volunteer in page["items"]?.items ?? [] {
        found[volunteer.text("email")] = volunteer.text("id")
      }
      after = page["next"].flatMap { $0 == .null ? nil : $0 }
    } while after != nil
    return found
  }
}
