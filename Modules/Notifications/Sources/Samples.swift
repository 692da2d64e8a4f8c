internal import Kernel

/// Values made up from the schema of their type, for letters that nobody gets.
enum Sample {
  /// A value of the type, with what is given in place of what is made up. Throws a `Problem` for a type
  /// whose schema says too little.
  static func of<T: Codable>(_ type: T.Type, _ given: [String: JSON] = [:]) throws -> T {
    guard case .object(let members) = value(of: .reflecting(type), named: "") else {
      throw Problem.invalid("", en: "cannot be made up", fr: "ne s’invente pas")
    }
    return try JSON.object(members.merging(given) { _, one in one }).decoded(as: type)
  }

  /// One value for each form of a decision, else one.
  static func variants<T: Codable>(of type: T.Type) throws -> [T] {
    let decision = JSONSchema.reflecting(type).properties.first { $0.name == "decision" }
    guard case .choice(let values)? = decision?.schema.kind else { return [try of(type)] }
    return try values.map { try of(type, ["decision": .string($0)]) }
  }

  /// What a reader takes for real.
  private static let known: [String: JSON] = [
    "name": "Association Exemple", "title": "Un site clair et accueillant",
    "byItself": true, "territory": "Paris", "zone": "Europe/Paris",
    "place": "12 rue de l’Exemple, Paris",
    "deliverable": "un site et son mode d’emploi", "minutes": 150, "months": 6, "revision": 1,
    "seats": 2, "startsAt": "2030-03-12T08:00:00Z", "endsAt": "2030-03-12T11:30:00Z",
    "confirmBy": "2030-03-05T23:00:00Z",
    "remark": "Pouvez-vous préciser le jour ?", "handover": "Les codes sont chez Camille.",
    "reason": ["en": "Somebody says why here.", "fr": "Quelqu’un dit pourquoi ici."],
  ]
  /// What is better left out than made up.
  private static let unknown: Set<String> = ["siren", "rna"]

  private static func value(of schema: JSONSchema, named name: String) -> JSON {
    if let value = known[name], value.isOf(schema) { return value }
    switch schema.kind {
    case .any, .map: return [:]
    case .bool: return false
    case .integer(let minimum, _): return .integer(max(minimum ?? 1, 1))
    case .number(let minimum, _): return .number(minimum ?? 1)
    case .choice(let values): return .string(values.first ?? "")
    case .array(let element, _): return .array([value(of: element, named: "")])
    case .object(let properties):
      let members = properties.filter { !unknown.contains($0.name) }.map {
        ($0.name, value(of: $0.schema, named: $0.name))
      }
      return .object(Dictionary(members, uniquingKeysWith: { first, _ in first }))
    case .string(_, _, let format, _):
      switch format {
      case "uuid": return "00000000-0000-4000-8000-000000000001"
      case "date": return "2030-03-12"
      case "date-time": return "2030-03-12T08:00:00Z"
      case "email": return "camille@exemple.example"
      default: return known[name]?["fr"] ?? "exemple"
      }
    }
  }
}

extension JSON {
  /// What is known under a name may be another thing elsewhere: a place, the id of a place.
  fileprivate func isOf(_ schema: JSONSchema) -> Bool { schema.faults(in: self).isEmpty }
}
