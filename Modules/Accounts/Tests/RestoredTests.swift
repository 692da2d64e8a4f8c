import AccountsAPI
import Foundation
import Kernel
import KernelTesting
import Testing

@testable import Accounts

@Test func `after a restore nobody is signed in and no link of before opens anything`() async throws
{
  let scene = try await Scene()
  let session = try await scene.signIn(scene.ada).session
  let letter = try await scene.letter(to: scene.jury)
  let enrolled = try await scene.signIn(scene.jury)
  let offer = try await scene.enrolTOTP(enrolled.session)
  try await scene.test.platform.noteRestored(as: .administrator)
  #expect(try await scene.accounts.visitor(of: session) == nil)
  #expect(try await scene.accounts.visitor(of: offer.enrolled.entry.session) == nil)
  let late = await scene.error {
    try await scene.accounts.confirm(letter.link, in: letter.browser, scene.visit())
  }
  #expect(late != nil)
  // Signing in again works.
  let again = try await scene.signIn(scene.ada).session
  #expect(try await scene.accounts.visitor(of: again) != nil)
}
