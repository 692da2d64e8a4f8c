internal import Foundation
internal import Kernel
internal import Yams

/// Input as people write it: JSON or YAML, on the line, in a file, or piped in.
enum Document {
  /// Reads `-` (standard input), `@file`, a file's name, or the text itself. Throws a `Problem`.
  static func read(_ source: String, as schema: JSONSchema) throws -> JSON {
    if source == "-" {
      return try parse(FileHandle.standardInput.readDataToEndOfFile(), as: schema)
    }
    if source.hasPrefix("@") {
      return try parse(contents(of: String(source.dropFirst())), as: schema)
    }
    let looksLikeText = source.contains { "{[:\n".contains($0) }
    if !looksLikeText { return try parse(contents(of: source), as: schema) }
    return try parse(Data(source.utf8), as: schema)
  }

  /// The bytes of a file. Throws a `Problem` that names it.
  static func contents(of path: String) throws -> Data {
    do {
      return try Data(contentsOf: URL(fileURLWithPath: path))
    } catch {
      throw Problem.invalid(
        path, en: "cannot be read (\(lastReason(error)))", fr: "illisible (\(lastReason(error)))")
    }
  }

  /// JSON first, which says best where it breaks; YAML where it does not look like JSON.
  static func parse(_ data: Data, as schema: JSONSchema) throws -> JSON {
    guard let text = String(validating: data, as: UTF8.self) else { throw Problem.notUTF8 }
    do {
      return try JSON(parsing: data)
    } catch let problem as Problem {
      let start = text.first { !$0.isWhitespace }
      do {
        guard let node = try compose(yaml: text) else { return .object([:]) }
        return try json(of: node, as: schema)
      } catch let fault as YamlError {
        throw start == "{" || start == "[" ? problem : malformedYAML("\(fault)")
      }
    }
  }

  private static func json(of node: Node, as schema: JSONSchema) throws -> JSON {
    switch node {
    case .scalar(let scalar): return value(of: scalar, as: schema)
    case .sequence(let items):
      let element = if case .array(let element, _) = schema.kind { element } else { JSONSchema.any }
      return .array(try items.map { try json(of: $0, as: element) })
    case .mapping(let pairs):
      var members: [String: JSON] = [:]
      for (key, value) in pairs {
        guard let name = key.scalar?.string else { throw malformedYAML("a key is not a text") }
        members[name] = try json(of: value, as: inner(schema, name))
      }
      return .object(members)
    case .alias: throw malformedYAML("aliases are not followed")
    }
  }

  private static func inner(_ schema: JSONSchema, _ name: String) -> JSONSchema {
    switch schema.kind {
    case .object(let properties): properties.first { $0.name == name }?.schema ?? .any
    case .map(let value): value
    default: .any
    }
  }

  /// A plain scalar as the schema wants it, so that `name: 2020` is a text where a text belongs.
  private static func value(of scalar: Node.Scalar, as schema: JSONSchema) -> JSON {
    guard scalar.style == .plain || scalar.style == .any else { return .string(scalar.string) }
    if ["null", "~", ""].contains(scalar.string) { return .null }
    switch schema.kind {
    case .any, .object, .map, .array:
      if scalar.string == "true" || scalar.string == "false" {
        return .bool(scalar.string == "true")
      }
      if let whole = Int64(scalar.string) { return .integer(whole) }
      if let number = Double(scalar.string), number.isFinite { return .number(number) }
      return .string(scalar.string)
    default: return schema.value(of: scalar.string)
    }
  }

  private static func malformedYAML(_ place: String) -> Problem {
    Problem(
      "malformed", status: 400, title: Words(en: "Unreadable input", fr: "Saisie illisible"),
      detail: Words(
        en: "This is neither JSON nor YAML: \(place)",
        fr: "Ce n’est ni du JSON ni du YAML : \(place)"),
      advice: Words(en: "Correct it and try again.", fr: "Corrigez et réessayez."))
  }
}
