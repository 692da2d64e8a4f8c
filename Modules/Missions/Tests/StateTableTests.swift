import Foundation
import Kernel
import KernelTesting
import MissionsAPI
import PartnersAPI
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

/// Something in one state, what commands are given, and where it stands.
private struct Case {
  let scene: Scene
  let input: @Sendable (String) -> JSON
  let state: @Sendable () async throws -> String?
}

private let roles: [String: Actor] = [
  "staff": .manager, "member": People.member, "author": People.actor(People.ada),
  "team-mate": People.actor(People.ben), "other member": People.otherMember,
  "contact": People.companyContact, "nobody": .anyone,
]

@Suite struct StateTableTests {
  @Test(arguments: MissionState.allCases)
  func `missions do what the table says, and nothing else`(state: MissionState) async throws {
    try await check("Mission", state.rawValue, ["start", "cancel", "close", "reopen"]) {
      try await mission(in: state)
    }
  }

  @Test(arguments: SessionState.allCases)
  func `sessions do what the table says, and nothing else`(state: SessionState) async throws {
    try await check(
      "Session", state.rawValue, ["move-session", "cancel-session", "record-presence"]
    ) { try await session(in: state) }
  }

  @Test(arguments: HoursState.allCases)
  func `hours do what the table says, and nothing else`(state: HoursState) async throws {
    let commands = [
      "correct-hours", "withdraw-hours", "validate-hours", "return-hours", "reverse-hours",
    ]
    try await check("Hours", state.rawValue, commands) { try await hours(in: state) }
  }

  private func check(
    _ heading: String, _ state: String, _ commands: [String], _ make: () async throws -> Case
  ) async throws {
    let lines = try stateTable(heading).filter { $0.state == state }
    #expect(Set(lines.map(\.command)).isSubset(of: commands))
    for command in commands {
      let line = lines.first { $0.command == command }
      let refused = try await make()
      #expect(try await refused.state() == state)
      for (role, actor) in roles.sorted(by: { $0.key < $1.key }) {
        if line?.who.contains(role) == true {
          let one = try await make()
          try await one.scene.test.call("missions." + command, as: actor, one.input(command))
          #expect(try await one.state() == line?.becomes, "\(state) \(command) as \(role)")
        } else {
          let problem = await refused.scene.problem(command, as: actor, refused.input(command))
          #expect(problem != nil && problem?.status != 500, "\(state) \(command) as \(role)")
          #expect(try await refused.state() == state, "\(state) \(command) as \(role)")
        }
      }
    }
  }

  private func mission(in state: MissionState) async throws -> Case {
    let scene = state == .forming ? try await Scene.formed() : try await Scene.running()
    let mission = try await scene.mission()
    if state != .forming {
      let deliverable = try await scene.test.call(
        "missions.submit-deliverable",
        ["mission": mission, "title": "A plan", "summary": "What to do next."])
      try await scene.test.call(
        "missions.accept-deliverable", as: People.member,
        ["deliverable": deliverable["id"] ?? nil])
    }
    if state == .closed { try await scene.test.call("missions.close", ["mission": mission]) }
    return Case(
      scene: scene,
      input: { command in
        ["cancel", "reopen"].contains(command)
          ? ["mission": mission, "reason": "Things changed."] : ["mission": mission]
      },
      state: { try await scene.test.call("missions.mission", ["mission": mission])["state"]?.text })
  }

  private func session(in state: SessionState) async throws -> Case {
    let scene = try await Scene.formed()
    let first = try #require(try await scene.sessions().first)
    let session: JSON = scene.text(first.id)
    if state == .cancelled {
      try await scene.test.call(
        "missions.cancel-session", ["session": session, "reason": "The room is closed."])
    }
    // The morning of the kick-off, after which the afternoon is still to come.
    scene.test.clock.set(Instant("2020-11-17T10:30:00Z") ?? .sample)
    if state == .held {
      try await scene.test.call("missions.record-presence", ["session": session, "present": []])
    }
    let mission = try await scene.mission()
    return Case(
      scene: scene,
      input: { command in
        switch command {
        case "move-session": ["session": session, "day": "2020-11-24", "part": "morning"]
        case "cancel-session": ["session": session, "reason": "The room is closed."]
        default: ["session": session, "present": []]
        }
      },
      state: {
        try await scene.test.call("missions.sessions", ["mission": mission]).items
          .first { $0["id"] == session }?["state"]?.text
      })
  }

  private func hours(in state: HoursState) async throws -> Case {
    let scene = try await Scene.running()
    let entry = try await scene.log(People.ada)["id"] ?? nil
    switch state {
    case .waiting: break
    case .validated: try await scene.test.call("missions.validate-hours", ["entry": entry])
    case .returned:
      try await scene.test.call("missions.return-hours", ["entry": entry, "remark": "Sure?"])
    case .withdrawn: try await scene.test.call("missions.withdraw-hours", ["entry": entry])
    }
    return Case(
      scene: scene,
      input: { command in
        switch command {
        case "correct-hours": ["entry": entry, "day": "2020-11-17", "minutes": 90]
        case "return-hours": ["entry": entry, "remark": "Sure?"]
        case "reverse-hours": ["entry": entry, "reason": "The wrong day."]
        default: ["entry": entry]
        }
      },
      state: {
        try await scene.test.call("missions.volunteer-hours", ["volunteer": scene.text(People.ada)])
          .items.first { $0["id"] == entry }?["state"]?.text
      })
  }
}
