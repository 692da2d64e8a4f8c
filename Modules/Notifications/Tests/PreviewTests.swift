import Kernel
import KernelTesting
import Testing

@testable import Notifications

@Test(arguments: [Language.fr, .en])
func `every kind of letter can be looked at, in its reader's language, before anybody gets it`(
  _ language: Language
) async throws {
  let scene = try await Scene()
  let kinds = scene.test.platform.modules.compactMap { $0 as? NotificationsModule }.flatMap(\.mails)
    .map(\.kind)
  #expect(kinds.count >= 30)
  for kind in kinds {
    let shown = try await scene.test.platform.perform(
      Request(
        "notifications.preview", as: .manager, ["kind": .string(kind), "html": true],
        language: language))
    let letters = shown["letters"]?.items ?? []
    #expect(letters.count == (kind == "decision" ? 3 : 1), "\(kind)")
    for letter in letters {
      let subject = letter["subject"]?.text ?? ""
      #expect((1...70).contains(subject.count), "\(kind): \(subject)")
      let text = letter["text"]?.text ?? ""
      #expect(text.hasPrefix(language == .fr ? "Bonjour Camille" : "Hello Camille"), "\(kind)")
      #expect(letter["html"]?.text?.contains("<html lang=\"\(language.rawValue)\">") == true)
    }
  }
  #expect(scene.mailbox.count == 0)
}

@Test func `a kind there is not is answered with those there are`() async throws {
  let scene = try await Scene()
  let problem = await scene.test.problem("notifications.preview", ["kind": "no-such-kind"])
  #expect(problem?.status == 404 && problem?.advice?.en.contains("place-offered") == true)
  #expect(
    await scene.test.problem(
      "notifications.preview", as: Actor(.volunteer, subject: Scene.zoe.description),
      ["kind": "decision"])?.status == 403)
}
