internal import Kernel

/// How people read answers about teams: what they compare first, without what `--json` is for.
enum TeamsForPeople {
  static func runs(_ output: JSON, _ language: Language) -> Endpoint.Display {
    Endpoint.Display(.array(output.items.map { line(of: $0, language) }), as: rows(runColumns))
  }

  static func run(_ output: JSON, _ language: Language) -> Endpoint.Display {
    Endpoint.Display(
      line(of: output, language), as: JSONSchema(.object(runColumns.map { property($0, .any) })))
  }

  static func teams(_ output: JSON, _ language: Language) -> Endpoint.Display {
    Endpoint.Display(
      [
        "run": line(of: output["run"] ?? .null, language),
        "placed": picked(
          output["placed"], "volunteerName", "roleTitle", "briefTitle", "affinity", "volunteer"),
        "waiting": picked(output["waiting"], "volunteerName", "reason", "volunteer"),
        "vacancies": picked(
          output["vacancies"], "briefTitle", "roleTitle", "seats", "reason", "role"),
      ],
      as: JSONSchema(
        .object([
          property("run", JSONSchema(.object(runColumns.map { property($0, .any) }))),
          property(
            "placed", rows(["volunteerName", "roleTitle", "briefTitle", "affinity", "volunteer"])),
          property("waiting", rows(["volunteerName", "reason", "volunteer"])),
          property("vacancies", rows(["briefTitle", "roleTitle", "seats", "reason", "role"])),
        ])))
  }

  static func comparison(_ output: JSON, _ language: Language) -> Endpoint.Display {
    Endpoint.Display(
      [
        "run": line(of: output["run"] ?? .null, language),
        "with": line(of: output["with"] ?? .null, language),
        "filledDifference": output["filledDifference"] ?? .null,
        "affinityDifference": output["affinityDifference"] ?? .null,
        "sameSeat": output["sameSeat"] ?? .null,
        "moved": picked(output["moved"], "volunteerName", "from", "to"),
      ],
      as: JSONSchema(
        .object([
          property("filledDifference", .any), property("affinityDifference", .any),
          property("sameSeat", .any),
          property("run", JSONSchema(.object(runColumns.map { property($0, .any) }))),
          property("with", JSONSchema(.object(runColumns.map { property($0, .any) }))),
          property("moved", rows(["volunteerName", "from", "to"])),
        ])))
  }

  /// Strategies side by side, of an edition or of a file.
  static func strategies(_ output: JSON, _ language: Language) -> Endpoint.Display {
    let lines = output.items.map { row -> JSON in
      [
        "strategy": row["strategy"] ?? .null, "filled": .string(share(row)),
        "affinity": row["affinity"] ?? .null, "penalties": row["penalties"] ?? .null,
        "blockingPairs": row["blockingPairs"] ?? .null,
        "fullMissions": row["fullMissions"] ?? .null,
        "companies": row["companiesReached"] ?? .null,
        "mostOfOneCompany": row["largestCompanyInMission"] ?? .null,
        "proof": .string(proof(row, language)),
      ]
    }
    return Endpoint.Display(
      .array(lines),
      as: rows([
        "strategy", "filled", "affinity", "penalties", "blockingPairs", "fullMissions", "companies",
        "mostOfOneCompany", "proof",
      ])
    )
  }
}

private let runColumns = [
  "number", "state", "strategy", "filled", "affinity", "penalties", "proof", "rules", "madeAt",
  "fault", "id",
]

/// A run in one line.
private func line(of run: JSON, _ language: Language) -> JSON {
  let result = run["result"] ?? .null
  var members: [String: JSON] = [:]
  for name in ["number", "state", "strategy", "rules", "madeAt", "fault", "id"] {
    members[name] = run[name]
  }
  if result != .null {
    members["filled"] = .string(share(result))
    members["affinity"] = result["affinity"]
    members["penalties"] = result["penalties"]
    members["proof"] = .string(proof(result, language))
  }
  return .object(members)
}

/// “138 of 150”.
private func share(_ result: JSON) -> String {
  "\(result["filled"]?.whole ?? 0)/\(result["seats"]?.whole ?? 0)"
}

/// What is proved, in words.
private func proof(_ result: JSON, _ language: Language) -> String {
  if result["status"] == "optimal" {
    return Words(en: "the best there is", fr: "le meilleur possible")[language]
  }
  if let most = result["boundFilled"]?.whole, let filled = result["filled"]?.whole, most > filled {
    return Words(
      en: "at most \(most - filled) more filled", fr: "au plus \(most - filled) de plus pourvues")[
        language]
  }
  guard let gap = result["gapPerMillion"]?.whole else {
    return Words(en: "none", fr: "aucune")[language]
  }
  // Minimum teams come before points: where they are not proved, a part of the points says nothing.
  guard gap < 1_000_000 else {
    return Words(en: "seats only", fr: "places seulement")[language]
  }
  let percent = Double((gap + 99) / 100) / 100
  return Words(
    en: "within \(percent) % of the best", fr: "à \(percent) % du meilleur au plus")[language]
}

private func picked(_ list: JSON?, _ names: String...) -> JSON {
  .array(
    (list?.items ?? []).map { item in
      .object(
        Dictionary(names.compactMap { name in item[name].map { (name, $0) } }) { first, _ in first }
      )
    })
}

private func rows(_ names: [String]) -> JSONSchema {
  JSONSchema(
    .array(of: JSONSchema(.object(names.map { property($0, .any) })), maximum: nil))
}

private func property(_ name: String, _ schema: JSONSchema) -> JSONSchema.Property {
  JSONSchema.Property(name: name, schema: schema, required: false)
}
