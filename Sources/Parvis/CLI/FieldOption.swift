internal import Foundation
internal import Kernel

/// A field of a use case's input as an option on the command line.
struct FieldOption: Sendable {
  let property: JSONSchema.Property
  /// Without the dashes: `half-days`.
  let name: String

  init(_ property: JSONSchema.Property) {
    self.property = property
    let kebab = property.name.reduce(into: "") { text, character in
      if character.isUppercase { text += "-" }
      text += character.lowercased()
    }
    // A field that is called like an option every command has.
    name =
      Settings.valued.contains(kebab) || ["json", "input", "help"].contains(kebab)
      ? "input-" + kebab : kebab
  }

  var isFlag: Bool { property.schema.kind == .bool }

  /// Adds what was written to what is there. Throws a `Problem`.
  func add(_ text: String, to members: inout [String: JSON]) throws {
    if case .array(let element, _) = property.schema.kind {
      // A whole list as JSON, or one entry each time.
      if text.hasPrefix("["), case .array(let items)? = try? JSON(parsing: text) {
        members[property.name] = .array((members[property.name]?.items ?? []) + items)
      } else {
        let value = try value(of: text, as: element)
        members[property.name] = .array((members[property.name]?.items ?? []) + [value])
      }
      return
    }
    guard members[property.name] == nil else {
      throw Problem.usage(
        en: "--\(name) is given twice.", fr: "--\(name) est donné deux fois.")
    }
    members[property.name] = try value(of: text, as: property.schema)
  }

  /// `@file` stands for the file's contents, in base64 where the field wants bytes; `@@` for `@`.
  private func value(of text: String, as schema: JSONSchema) throws -> JSON {
    switch schema.kind {
    case .object, .map, .any:
      let structured = text.contains { "{[:".contains($0) } || text.hasPrefix("@")
      if case .any = schema.kind, !structured { return schema.value(of: text) }
      return try text.hasPrefix("@")
        ? Document.read(text, as: schema) : Document.parse(Data(text.utf8), as: schema)
    case .string where schema.isFile:
      return .string(
        try LocalFile(naming: text.hasPrefix("@") ? String(text.dropFirst()) : text).text)
    case .string(_, _, let format, _) where text.hasPrefix("@") && !text.hasPrefix("@@"):
      let data = try Document.contents(of: String(text.dropFirst()))
      if format == "byte" { return .string(data.base64EncodedString()) }
      guard let content = String(validating: data, as: UTF8.self) else { throw Problem.notUTF8 }
      return .string(content)
    default:
      return schema.value(of: text.hasPrefix("@@") ? String(text.dropFirst()) : text)
    }
  }
}

extension JSONSchema {
  /// What to write, for the help.
  func hint(_ language: Language) -> String {
    func range(_ low: String?, _ high: String?) -> String {
      low == nil && high == nil ? "" : " \(low ?? "…")–\(high ?? "…")"
    }
    switch kind {
    case .any: return Words(en: "any value", fr: "toute valeur")[language]
    case .bool: return ""
    case .integer(let low, let high):
      return Words(en: "whole number", fr: "nombre entier")[language]
        + range(low.map { String($0) }, high.map { String($0) })
    case .number(let low, let high):
      return Words(en: "number", fr: "nombre")[language]
        + range(low.map { String($0) }, high.map { String($0) })
    case .string(_, let high, let format, _):
      switch format {
      case "uuid": return Words(en: "identifier", fr: "identifiant")[language]
      case "date": return Words(en: "date, 2020-11-17", fr: "date, 2020-11-17")[language]
      case "date-time":
        return Words(en: "moment, 2020-11-17T09:00:00Z", fr: "instant, 2020-11-17T09:00:00Z")[
          language]
      case "email": return Words(en: "e-mail address", fr: "adresse électronique")[language]
      case Upload.format: return Words(en: "path of a file", fr: "chemin d’un fichier")[language]
      case "byte": return Words(en: "@file, or base64", fr: "@fichier, ou base64")[language]
      default:
        let size = high.map { ", ≤ \($0)" } ?? ""
        return Words(en: "text", fr: "texte")[language] + size
      }
    case .choice(let values): return values.joined(separator: " | ")
    case .array(let element, _):
      let again = Words(en: "repeat for more", fr: "à répéter")[language]
      return element.hint(language) + " (\(again))"
    case .map(let element):
      return Words(en: "JSON or YAML object of ", fr: "objet JSON ou YAML de ")[language]
        + element.hint(language)
    case .object(let properties):
      let names = properties.map { $0.required ? $0.name : $0.name + "?" }.joined(separator: ", ")
      return Words(en: "JSON or YAML", fr: "JSON ou YAML")[language] + " {\(names)}"
    }
  }
}
