import Foundation
import Kernel
@testable import ParvisApp
import Testing

private let document = URL(filePath: #filePath).deletingLastPathComponent()
  .deletingLastPathComponent().deletingLastPathComponent().appending(path: "docs/rules.md")

@Suite struct RulesToKnow {
  @Test func `the document of the rules quotes every one as its module states it`() throws {
    if ProcessInfo.processInfo.environment["RECORD"] == "1" {
      try Data(quoted.utf8).write(to: document)
    }
    let written = try String(contentsOf: document, encoding: .utf8)
    #expect(written == quoted, "run `make record` if the change is meant")
  }

  @Test func `a rule has a name of its own, below its module’s`() {
    let rules = bareModules.flatMap { module in
      module.rules.map { (module: type(of: module).name, rule: $0) }
    }
    for (module, rule) in rules { #expect(rule.id.hasPrefix(module + ".")) }
    #expect(Set(rules.map(\.rule.id)).count == rules.count)
    #expect(rules.count > 50)
  }

  @Test func `who runs into a rule is told so by a problem of that module`() {
    for module in bareModules {
      for rule in module.rules {
        guard let problem = rule.problem else { continue }
        #expect(problem.hasPrefix(type(of: module).name + "/"), "\(rule.id)")
      }
    }
  }

  /// The document as the modules have it.
  private var quoted: String {
    let sections = bareModules.filter { !$0.rules.isEmpty }.map { module in
      let name = type(of: module).name
      let rows = module.rules.map { rule in
        let problem = rule.problem.map { "`\($0)`" } ?? ""
        return
          "| `\(rule.id.dropFirst(name.count + 1))` | \(rule.words.en)<br>*\(rule.words.fr)* | \(problem) |"
      }
      return """
        ## \(name.prefix(1).uppercased() + name.dropFirst())

        | rule | | refused with |
        |---|---|---|
        \(rows.joined(separator: "\n"))

        """
    }
    return """
      # Rules

      What Parvis refuses, or does by itself, and when. Each module states its rules (`rules`); this page quotes
      them, and a test fails when the two differ (`make record` writes it anew). What the types of an input ask
      for (lengths, formats, ranges) stands in the document of the interface instead.

      \(sections.joined(separator: "\n"))
      """
  }
}
