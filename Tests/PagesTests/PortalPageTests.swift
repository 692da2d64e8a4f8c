import Kernel
import KernelTesting
import Pages
import Testing

private struct Room: Codable, Sendable {
  let number: Whole<1, 9>
  let after: String?
}

private struct Hotel: PortalModule {
  static let name = "hotel"
  static let summary = Words("hotel")
  var endpoints: [Endpoint] { [] }
  var pages: [PortalPage] {
    [
      PortalPage(
        "hotel.room", "/rooms/{number}", by: .staff(and: .volunteer), Words("Room"),
        asking: { (input: Room, context) in "asked by \(context.actor)" }
      ) { (input, asked: String, transaction) in
        PageContent(title: Words("Room \(input.number.value)"), lead: Words(asked)) {
          Block.section(Words("Guests")) {
            Block.table(
              Table(
                Words("Guests"), columns: [Column(Words("Name"))],
                rows: [
                  TableRow(["Ada", .button(leave("ada"))]),
                  TableRow(["Grace", .button(leave("grace"))]),
                ], empty: Words("Nobody")))
          }
        }
      },
      PortalPage("hotel.broken", "/broken", by: .staff, Words("Broken")) {
        (_: Nothing, _) in throw UnexpectedCall("broken")
      },
    ]
  }
  private func leave(_ guest: String) -> Form {
    Form(
      "hotel.leave", fixed: ["guest": .string(guest)], button: Words("Leave"),
      then: .here(Words("Gone")))
  }
}

@Suite struct PortalPages {
  private func platform() async throws -> Platform {
    try await TestPlatform { _ in [Hotel()] }.platform
  }

  @Test func `a page answers with content, and its forms are told from each other`() async throws {
    let content = try await platform().content(of: "hotel.room", as: .manager, ["number": 3])
    #expect(content.title == Words("Room 3"))
    #expect(content.lead == Words("asked by manager"))
    #expect(content.forms.map(\.id) == ["hotel.leave;guest=ada", "hotel.leave;guest=grace"])
  }

  @Test func `who may not open a page, and who did not say who they are, are told apart`()
    async throws
  {
    let platform = try await platform()
    for (actor, status) in [(Actor.anyone, 401), (Actor(.partner, subject: "x"), 403)] {
      do {
        _ = try await platform.content(of: "hotel.room", as: actor, ["number": 3])
        Issue.record("it answered \(actor)")
      } catch { #expect(error.status == status) }
    }
  }

  @Test(arguments: [["number": 12], [:], ["number": 1, "other": 2], ["number": "x"]] as [JSON])
  func `an input the page does not take is a problem with its field`(input: JSON) async throws {
    let platform = try await platform()
    do {
      _ = try await platform.content(of: "hotel.room", as: .manager, input)
      Issue.record("it was taken")
    } catch {
      #expect(error.status == 422 && !error.fields.isEmpty)
    }
  }

  @Test func `what was not foreseen is a reference, not a crash`() async throws {
    let platform = try await platform()
    do {
      _ = try await platform.content(of: "hotel.broken", as: .manager)
      Issue.record("it answered")
    } catch { #expect(error.code == "internal") }
  }
}
