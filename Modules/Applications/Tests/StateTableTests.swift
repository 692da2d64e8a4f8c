import ApplicationsAPI
import Foundation
import Kernel
import KernelTesting
import Testing

/// A line of a table in docs/states.md.
struct Line {
  let state: String
  let command: String
  let who: Set<String>
  let becomes: String
}

/// The table under a heading of docs/states.md.
func stateTable(_ heading: String) throws -> [Line] {
  let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent()
  let text = try String(contentsOf: root.appending(path: "docs/states.md"), encoding: .utf8)
  let section = text.components(separatedBy: "\n## ").first { $0.hasPrefix(heading + "\n") } ?? ""
  return section.split(separator: "\n").filter { $0.hasPrefix("| ") }.dropFirst().map { row in
    let cells = row.split(separator: "|").map { $0.trimmingCharacters(in: .whitespaces) }
    return Line(
      state: cells[0], command: cells[1], who: Set(cells[2].components(separatedBy: ", ")),
      becomes: cells[3])
  }
}

@Suite struct StateTableTests {
  private static let commands = [
    "submit", "withdraw", "reinstate", "reconsider", "confirm", "decline", "promote",
    "extend-confirmation",
  ]

  /// A call with one application in the state, and somebody of every role.
  private struct Case {
    let scene: Scene
    let application: JSON
    let roles: [String: Actor]

    init(_ state: ApplicationState, decided: Bool) async throws {
      let scene = try await Scene()
      self.scene = scene
      let (organisation, application) =
        state == .draft
        ? try await Case.draft(in: scene) : try await scene.submit("Arpents")
      let (_, other) = try await scene.submit("Bocage")
      self.application = application
      var roles = ["staff": Actor.manager, "lead": organisation.lead, "nobody": .anyone]
      for role in ["writer", "reader"] {
        let added = try await scene.test.call(
          "applications.add-member", as: organisation.lead,
          [
            "organisation": organisation.id, "name": .string(role),
            "email": .string(role + "@arpents.example"), "language": "fr", "role": .string(role),
          ])
        roles[role] = Actor(.member, subject: added["id"]?.text)
      }
      roles["reviewer"] = try await scene.reviewer("Rosa").actor
      self.roles = roles
      func call(_ command: String, _ more: [String: JSON] = [:]) async throws {
        try await scene.test.call(
          "applications." + command, .object(more.merging(["application": application]) { $1 }))
      }
      if state == .withdrawn, !decided { try await call("withdraw") }
      guard decided else { return }
      scene.afterDeadline()
      let isChosen = [.laureate, .confirmed, .declined, .lapsed].contains(state)
      let isWaiting = [.waiting, .withdrawn].contains(state)
      try await scene.test.call(
        "applications.deliberate",
        scene.deliberate(
          laureates: isChosen ? [application] : [], waiting: isWaiting ? [application] : [],
          refused: (state == .refused ? [application] : []) + [other]))
      switch state {
      case .confirmed: try await call("confirm")
      case .declined: try await call("decline")
      case .withdrawn: try await call("withdraw")
      case .lapsed:
        scene.set("2020-05-20T08:00:00Z")
        try await scene.test.platform.runDueJobs()
      case .draft, .submitted, .laureate, .waiting, .refused: break
      }
    }

    private static func draft(in scene: Scene) async throws -> (Scene.Registered, JSON) {
      let organisation = try await scene.register("Arpents")
      return (organisation, try await scene.draft(organisation, answers: Scene.complete))
    }

    func input(_ command: String) -> JSON {
      var fields: [String: JSON] = ["application": application]
      switch command {
      case "reinstate", "reconsider": fields["reason"] = ["fr": "Une erreur.", "en": "A mistake."]
      case "extend-confirmation": fields["until"] = "2020-06-30"
      default: break
      }
      return .object(fields)
    }
  }

  @Test(arguments: ApplicationState.allCases)
  func `every command as every role does what the table says, and nothing else`(
    state: ApplicationState
  ) async throws {
    let lines = try stateTable("Application").filter { $0.state == state.rawValue }
    for command in Self.commands {
      let line = lines.first { $0.command == command }
      // A withdrawal is taken back in two ways: before the deliberation, and after.
      let decided =
        state == .withdrawn
        ? command == "reconsider" : ![.draft, .submitted].contains(state)
      let refused = try await Case(state, decided: decided)
      #expect(try await refused.scene.state(refused.application) == state.rawValue)
      for (role, actor) in refused.roles.sorted(by: { $0.key < $1.key }) {
        if line?.who.contains(role) == true {
          let one = try await Case(state, decided: decided)
          let allowed = try #require(one.roles[role])
          _ = actor
          try await one.scene.test.call(
            "applications." + command, as: allowed, one.input(command))
          #expect(
            try await one.scene.state(one.application) == line?.becomes,
            "\(state) \(command) as \(role)")
        } else {
          let problem = await refused.scene.test.problem(
            "applications." + command, as: actor, refused.input(command))
          #expect(problem != nil && problem?.status != 500, "\(state) \(command) as \(role)")
          #expect(try await refused.scene.state(refused.application) == state.rawValue)
        }
      }
    }
    #expect(Set(lines.map(\.command)).isSubset(of: Self.commands))
  }
}
