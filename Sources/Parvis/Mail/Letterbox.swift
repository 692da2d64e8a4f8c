internal import AccountsAPI
internal import Kernel
internal import NotificationsAPI
internal import Pages
internal import Synchronization

/// Where letters get the links that open a page without signing in. Accounts is composed after the
/// letters it sends, so it is put in once it is there.
final class Letterbox: Sendable {
  private struct Content: Sendable {
    var accounts: (any ActionLinkAPI)?
    var pages: [PortalPage] = []
  }
  private let content = Mutex(Content())
  private let clock: Clock

  init(clock: Clock) { self.clock = clock }

  func open(accounts: any ActionLinkAPI, pages: [PortalPage]) {
    content.withLock { $0 = Content(accounts: accounts, pages: pages) }
  }

  /// Nil for a page that asks to sign in.
  func seal(_ link: LetterLink) async throws -> String? {
    // A play is in the past: nobody can use a link that is over, and its letters stay the same byte for
    // byte. Once it is served, its own clock tells.
    guard clock.now < link.expires else { return nil }
    let (accounts, pages) = content.withLock { ($0.accounts, $0.pages) }
    guard let accounts,
      let page = pages.first(where: { $0.isAt(link.page) }), page.byLetter,
      page.callers.contains(link.grant.role)
    else { return nil }
    let row = link.page.split(separator: "/").dropFirst().first.map(String.init) ?? ""
    return try await accounts.actionLink(
      to: ActionRequest(
        page: link.page, grant: link.grant, row: row, address: link.address,
        expires: link.expires))
  }
}
