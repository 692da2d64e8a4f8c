internal import Foundation
internal import Kernel

/// Makes the one input of a use case from the parts of a request.
struct InputAssembly {
  let schema: JSONSchema

  /// Joins body, query and path. A field that body and path both give must be the same in both.
  func input(
    path: [String: String], query: [(name: String, value: String)], body: JSON?
  ) throws -> JSON {
    var members: [String: JSON] = [:]
    switch body {
    case .object(let given)?: members = given
    case nil, .null?: break
    case let other?:
      guard case .object = schema.kind else { return other }
      throw Problem.invalid("", en: "expected an object", fr: "attendu : un objet")
    }
    var faults: [FieldProblem] = []
    for (name, values) in grouped(query) {
      if members[name] != nil {
        faults.append(
          FieldProblem(
            name, en: "is both in the address and in the body",
            fr: "est à la fois dans l’adresse et dans le corps"))
      }
      members[name] = value(values, of: name)
    }
    for (name, text) in path.sorted(by: { $0.key < $1.key }) {
      let value = value([text], of: name)
      if let other = members[name], other != value {
        faults.append(
          FieldProblem(
            name, en: "differs from the address", fr: "diffère de l’adresse"))
      }
      members[name] = value
    }
    guard faults.isEmpty else { throw Problem.invalidInput(faults) }
    return .object(members)
  }

  private func grouped(
    _ query: [(name: String, value: String)]
  ) -> [(String, [String])] {
    var order: [String] = []
    var values: [String: [String]] = [:]
    for (name, value) in query {
      if values[name] == nil { order.append(name) }
      values[name, default: []].append(value)
    }
    return order.map { ($0, values[$0] ?? []) }
  }

  /// Texts as what the schema wants of the field; as they are where that cannot be, so that the
  /// check that follows names the fault.
  private func value(_ texts: [String], of name: String) -> JSON {
    let wanted = schema.properties.first { $0.name == name }?.schema
    if case .array(let element, _)? = wanted?.kind {
      return .array(texts.map { element.value(of: $0) })
    }
    guard let text = texts.first, texts.count == 1 else {
      return .array(texts.map(JSON.string))
    }
    return wanted?.value(of: text) ?? .string(text)
  }
}

extension JSONSchema {
  /// A text as the value this schema wants, or as the text it is.
  func value(of text: String) -> JSON {
    switch kind {
    case .integer: Int64(text).map(JSON.integer) ?? .string(text)
    case .number: Double(text).flatMap { $0.isFinite ? JSON.number($0) : nil } ?? .string(text)
    case .bool: text == "true" ? true : text == "false" ? false : .string(text)
    case .object, .map, .array, .any: (try? JSON(parsing: text)) ?? .string(text)
    case .string, .choice: .string(text)
    }
  }
}
