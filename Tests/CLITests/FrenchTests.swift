import Foundation
import Kernel
@testable import ParvisApp
import Testing

/// The command line in French is French.
@Suite struct FrenchTests {
  @Test func `every field of every answer has a French name`() {
    var missing: Set<String> = []
    for endpoint in bareEndpoints { collect(endpoint.output(), into: &missing) }
    #expect(missing.sorted() == [])
  }

  private func collect(_ schema: JSONSchema, into missing: inout Set<String>, depth: Int = 0) {
    guard depth < 12 else { return }
    switch schema.kind {
    case .object(let properties):
      for property in properties {
        if property.label == nil, AnswerWords.french(property.name) == nil {
          missing.insert(property.name)
        }
        collect(property.schema, into: &missing, depth: depth + 1)
      }
    case .array(let element, _): collect(element, into: &missing, depth: depth + 1)
    case .map(let value): collect(value, into: &missing, depth: depth + 1)
    default: return
    }
  }

  @Test func `lists and things are shown with French headings, states and roles`() async throws {
    let shop = try Workshop()
    try await shop.parvis("init")
    for name in ["Une", "Deux"] { try await shop.parvis("programmes", "create", "--name", name) }
    let programme = try await shop.parvis("programmes", "list", "--json").json.items[0]["id"]?.text
    for name in ["2021", "2022"] {
      try await shop.parvis(
        "programmes", "plan-edition", "--programme", programme ?? "", "--name", name, "--theme",
        "T", "--territory", "T", "--zone", "Europe/Paris", "--format", "on-site", "--starts",
        "2021-03-01", "--ends", "2021-12-31")
    }
    let list = try await shop.parvis("programmes", "editions", "--lang", "fr")
    #expect(list.output.contains("NOM") && list.output.contains("sur place"))
    #expect(!list.output.contains("NAME") && !list.output.contains("on-site"))
    let english = try await shop.parvis("programmes", "editions", "--lang", "en")
    #expect(english.output.contains("NAME") && english.output.contains("on-site"))
    let wrong = try await shop.parvis("programmes", "create", "--lang", "fr")
    #expect(wrong.error.contains("est obligatoire"))
  }
}
