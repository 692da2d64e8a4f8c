internal import Kernel
internal import ReportingAPI

/// How people read answers of the report: figures with their units.
enum FiguresForPeople {
  static func summary(_ output: JSON, _ language: Language) -> Endpoint.Display {
    var members = members(of: output)
    members["figures"] = .array((members["figures"]?.items ?? []).map { line($0, language) })
    return Endpoint.Display(
      .object(members),
      as: JSONSchema.reflecting(ReportSummary.self)
        .replacing("figures", by: list("title", "value", "rows", "id")))
  }

  static func figure(_ output: JSON, _ language: Language) -> Endpoint.Display {
    var members = members(of: output)
    let unit = unit(of: output)
    for name in ["groups", "rows"] {
      let entries = members[name]?.items ?? []
      members[name] = .array(entries.map { $0.replacing("value", by: shown($0, unit, language)) })
    }
    members["value"] = .string(shown(output, unit, language))
    members["unit"] = nil
    return Endpoint.Display(
      .object(members),
      as: JSONSchema.reflecting(ReportFigure.self)
        .replacing("groups", by: list("name", "value", "rows"))
        .replacing("rows", by: list("label", "value", "group", "source")))
  }

  private static func members(of output: JSON) -> [String: JSON] {
    guard case .object(let members) = output else { return [:] }
    return members
  }
}

/// A figure in the list of all; its groups are shown with the figure itself.
private func line(_ figure: JSON, _ language: Language) -> JSON {
  [
    "title": figure["title"] ?? .null,
    "value": .string(shown(figure, unit(of: figure), language)),
    "rows": figure["rows"] ?? .null, "id": figure["id"] ?? .null,
  ]
}

private func unit(of figure: JSON) -> Figure.Unit {
  figure["unit"]?.text.flatMap(Figure.Unit.init(rawValue:)) ?? .count
}

private func shown(_ thing: JSON, _ unit: Figure.Unit, _ language: Language) -> String {
  guard case .integer(let value)? = thing["value"] else { return "" }
  return unit.shown(value, in: language)
}

private func list(_ names: String...) -> JSONSchema {
  let properties = names.map { JSONSchema.Property(name: $0, schema: .any, required: true) }
  return JSONSchema(.array(of: JSONSchema(.object(properties)), maximum: nil))
}

extension JSON {
  fileprivate func replacing(_ name: String, by text: String) -> JSON {
    guard case .object(var members) = self else { return self }
    members[name] = .string(text)
    return .object(members)
  }
}

extension JSONSchema {
  fileprivate func replacing(_ name: String, by schema: JSONSchema) -> JSONSchema {
    JSONSchema(
      .object(
        properties.map {
          $0.name == name ? Property(name: name, schema: schema, required: true) : $0
        }
      ))
  }
}
