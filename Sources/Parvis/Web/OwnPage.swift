internal import Kernel
internal import Pages

/// A page of the web face itself: home, signing in, the account. Content like all others; its forms
/// lead to `act`, not to a use case.
struct OwnPage: Sendable {
  /// Parts in braces are handed to the closures by name.
  let path: String
  let content: @Sendable (Guest, [String: String]) async throws -> PageContent
  let act: @Sendable (String, JSON, Guest, [String: String]) async throws -> Acted

  init(
    _ path: String,
    content: @escaping @Sendable (Guest, [String: String]) async throws -> PageContent,
    act: @escaping @Sendable (String, JSON, Guest, [String: String]) async throws -> Acted = {
      _, _, _, _ in throw Problem.notOffered
    }
  ) {
    self.path = path
    self.content = content
    self.act = act
  }
}

/// What came of a form of the web face.
enum Acted: Sendable {
  case led(to: String, Words? = nil, [Cookie] = [])
  /// Shown once, as the answer to the form: codes to keep.
  case shown(PageContent, [Cookie] = [])
  /// The browser's passkeys are asked.
  case asked(PageContent, Ceremony, [Cookie] = [])
}
