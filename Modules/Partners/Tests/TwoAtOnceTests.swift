import Kernel
import KernelTesting
import Partners
import Testing

/// A rule that no single row holds, when two programs decide by it in the same moment.
@Suite(.enabled(if: TestDatabase.hasServer)) struct TwoAtOnce {
  @Test(arguments: TwoPrograms.Guarding.allCases)
  func `a partner keeps a contact when two are removed at once`(_ guarding: TwoPrograms.Guarding)
    async throws
  {
    let two = try TwoPrograms(guarding)
    let scene = try await two.holding { try await Scene() }
    let tours = try await scene.partner("Tours")
    let added = try await scene.test.call(
      "partners.add-contact",
      ["partner": tours.id, "name": "Deux", "email": "deux@tours.example", "language": "en"])
    let contacts = [
      JSON.string(try #require(tours.contact.subject)), try #require(added["contact"]),
    ]
    let inputs: [JSON] = contacts.map { ["partner": tours.id, "contact": $0] }
    let ends = await two.atOnce(
      { await scene.test.problem("partners.remove-contact", inputs[0])?.code },
      { await scene.test.problem("partners.remove-contact", inputs[1])?.code })
    let kept = ends.contains("partners/last-contact")
    #expect(kept == (guarding != .nothing), "\(ends)")
    #expect(ends.filter { $0 == nil }.count == (kept ? 1 : 2))
  }
}
